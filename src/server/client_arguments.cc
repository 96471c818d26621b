#include "server/client_arguments.h"

#include <algorithm>
#include <cstdlib>

#include "server/option_kinds.h"

namespace stator {
namespace {

constexpr const char* kRegion = "--region";

// Of a part of the credential scope; CLI11 takes what is wrong as a text, "" for nothing.
std::string fault_of_scope_part(const std::string& text) {
  const bool can_be_signed = std::all_of(
      text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~' && c != '/' && c != ','; });
  return can_be_signed ? "" : "no signature can carry \"" + text + "\"";
}

void add_scope_options(CLI::App* command, CredentialScope* scope) {
  const CLI::Validator can_be_signed(fault_of_scope_part, "");
  command
      ->add_option("--access-key", scope->access_key,
                   "Whose tables, where they are kept apart by access key and region")
      ->envname("AWS_ACCESS_KEY_ID")
      ->type_name("KEY")
      ->check(can_be_signed)
      ->capture_default_str();
  command
      ->add_option(kRegion, scope->region,
                   "The region of those tables; AWS_DEFAULT_REGION counts too")
      ->envname("AWS_REGION")
      ->type_name("REGION")
      ->check(can_be_signed)
      ->capture_default_str();
}

// An option has one variable, and SDKs read either.
void read_default_region(const CLI::App& command, CredentialScope* scope) {
  const char* const region = std::getenv("AWS_DEFAULT_REGION");
  if (region == nullptr || *region == '\0' || command.count(kRegion) != 0) return;
  const std::string fault = fault_of_scope_part(region);
  if (!fault.empty()) throw CLI::ValidationError("AWS_DEFAULT_REGION", fault);
  scope->region = region;
}

// Whether the option stands on the command line: a variable may have set it as well.
bool is_typed(const CLI::App& command, const char* name) {
  const std::vector<CLI::Option*>& typed = command.parse_order();
  return std::find(typed.begin(), typed.end(), command.get_option(name)) != typed.end();
}

// A directory is of one kind or the other, whatever credentials happen to be in the environment.
void finish_shell(const CLI::App& command, ShellOptions* options) {
  read_default_region(command, &options->scope);
  if (is_typed(command, "--data") && is_typed(command, "--endpoint")) {
    throw CLI::ValidationError("--endpoint and --data cannot be used together");
  }
  if (is_typed(command, "--access-key") || is_typed(command, kRegion)) {
    options->isolation = Isolation::key_and_region;
  }
}

}  // namespace

void add_endpoint_option(CLI::App* command, std::string* endpoint) {
  command->add_option("--endpoint", *endpoint, "Where the server listens")
      ->envname("STATOR_ENDPOINT")
      ->type_name("URL")
      ->capture_default_str();
}

void add_tail_options(CLI::App* command, TailOptions* options) {
  add_endpoint_option(command, &options->endpoint);
  add_scope_options(command, &options->scope);
  command->add_flag("--from-oldest", options->from_oldest,
                    "Begin with the oldest change that can be read, not with the next one");
  command->add_option("table", options->table, "Table with a stream")
      ->type_name("TABLE")
      ->required();
  command->callback([command, options] { read_default_region(*command, &options->scope); });
}

void add_shell_options(CLI::App* command, ShellOptions* options) {
  add_endpoint_option(command, &options->endpoint);
  // Not from the environment: what is named there is the directory of a server that runs.
  command
      ->add_option(
          "--data", options->directory,
          "Directory that no server has open, instead of an endpoint; with --access-key or "
          "--region the tables of that pair")
      ->type_name("DIR");
  add_scope_options(command, &options->scope);
  command->add_flag("--json", options->json, "Items as JSON, one a line, and not as tables");
  command->callback([command, options] { finish_shell(*command, options); });
}

}  // namespace stator
