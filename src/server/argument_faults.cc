#include "server/argument_faults.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "server/ddblocal_command.h"
#include "server/nearest_name.h"
#include "server/option_kinds.h"
#include "server/serve_arguments.h"

namespace stator {
namespace {

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string name_of(const std::string& word) {
  return word.substr(0, word.find('='));
}

std::string did_you_mean(std::string_view name) {
  return name.empty() ? "" : fmt::format(", did you mean {}?", name);
}

// ---- Values ----

bool is_no_value(const std::string& text, const CLI::App& command) {
  return text.empty() || contains(option_names(command), name_of(text)) || is_ddblocal_flag(text);
}

std::string fault_of_values(const CLI::Option& option, const CLI::App& command) {
  const std::vector<std::string>& values = option.results();
  const bool lacks_one = std::any_of(values.begin(), values.end(), [&](const std::string& text) {
    return is_no_value(text, command);
  });
  if (lacks_one) return option.get_name() + " needs a value";
  const bool takes_one = option.get_items_expected_max() == 1;
  if (!takes_one || values.size() < 2) return "";
  return fmt::format("{} is given twice: {} and {}", option.get_name(), values[0], values[1]);
}

// Of what stands on the command line: the values of variables come later.
std::string fault_of_values(const CLI::App& app) {
  for (const CLI::App* const command : app.get_subcommands()) {
    for (const CLI::Option* const option : command->parse_order()) {
      if (!option->nonpositional()) continue;
      std::string fault = fault_of_values(*option, *command);
      if (!fault.empty()) return fault;
    }
  }
  return "";
}

// ---- Words ----

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* const command : app.get_subcommands(nullptr)) {
    names.push_back(command->get_name());
  }
  return names;
}

// What may be meant by an option of a command: one of its own, or a flag that belongs before it.
std::vector<std::string> names_beside(const CLI::App& command, std::string_view typed) {
  std::vector<std::string> names = option_names(command);
  for (const DdblocalFlag& flag : ddblocal_flags()) {
    if (command.get_name() == "serve" || is_same_name(flag.name, typed)) {
      names.emplace_back(flag.name);
    }
  }
  return names;
}

// What is wrong with a word that `command` does not expect.
std::string unexpected(const std::string& word, const CLI::App& command) {
  if (!word.starts_with('-')) return command.get_name() + " does not expect " + word;
  const std::string typed = name_of(word);
  const std::vector<std::string> names = names_beside(command, typed);
  const std::string_view nearest = nearest_name(typed, names);
  const std::string no_option = fmt::format("{} is not an option of {}", typed, command.get_name());
  if (!is_ddblocal_flag(nearest)) return no_option + did_you_mean(nearest);
  return fmt::format("{}{} is a flag of DynamoDB Local: stator {} .., without {}",
                     typed == nearest ? "" : no_option + ", ", nearest, nearest,
                     command.get_name());
}

// The same before a command, where one of `serve` or a flag may be meant.
std::string unexpected_first(const std::string& word, const CLI::App& app) {
  const std::vector<std::string> own = option_names(app);
  std::vector<std::string> names = own;
  for (std::string& name : serve_option_names()) names.push_back(std::move(name));
  for (const DdblocalFlag& flag : ddblocal_flags()) names.emplace_back(flag.name);
  const std::string typed = name_of(word);
  const std::string nearest(nearest_name(typed, names));
  const bool is_of_serve = nearest.starts_with("--") && !contains(own, nearest);
  return typed + " is not an option of stator" +
         did_you_mean((is_of_serve ? "stator serve " : "") + nearest);
}

// The first word that nothing expects, in one line: an option rather than what may be its value.
std::string unexpected_word(const CLI::App& app) {
  for (const CLI::App* const command : app.get_subcommands()) {
    const std::vector<std::string> words = command->remaining();
    for (const std::string& word : words) {
      if (word.starts_with('-')) return unexpected(word, *command);
    }
    if (!words.empty()) return unexpected(words.front(), *command);
  }
  return "";
}

std::string fault_without_command(const CLI::App& app) {
  const std::vector<std::string> words = app.remaining();
  if (words.empty()) return "no command; try: stator serve";
  if (words.front().starts_with('-')) return unexpected_first(words.front(), app);
  const std::vector<std::string> names = command_names(app);
  return words.front() + " is not a command" + did_you_mean(nearest_name(words.front(), names));
}

}  // namespace

std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* const option : command.get_options()) {
    if (option->nonpositional()) names.push_back("--" + option->get_single_name());
  }
  return names;
}

// Options check their values themselves; a flag's, which a variable may set, is CLI11's to convert.
std::string in_our_words(const CLI::Error& error) {
  constexpr std::string_view kConversion = "Could not convert: ";
  const std::string said = error.what();
  if (error.get_name() == "ArgumentMismatch") {
    return said.substr(0, said.find(':')) + " needs a value";
  }
  if (!said.starts_with(kConversion)) return said;
  const std::size_t equals = said.find(" = ");
  return fmt::format("{}: {} is neither true nor false",
                     said.substr(kConversion.size(), equals - kConversion.size()),
                     said.substr(equals + 3));
}

void check_values(const CLI::App& app) {
  const std::string fault = fault_of_values(app);
  if (!fault.empty()) throw CLI::ValidationError(fault);
}

std::string fault_of(const CLI::App& app, const CLI::Error& error) {
  if (app.get_subcommands().empty()) return fault_without_command(app);
  for (const std::string& fault : {fault_of_values(app), unexpected_word(app)}) {
    if (!fault.empty()) return fault;
  }
  return in_our_words(error);
}

}  // namespace stator
