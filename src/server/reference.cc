#include "server/reference.h"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "server/ddblocal_command.h"

namespace stator {
namespace {

constexpr std::string_view kMarkdownStart =
    "<!-- Written by ./x docs from the program's own tables; do not edit. -->\n"
    "# Options and variables\n"
    "\n"
    "`stator COMMAND [options]`. An option is also a variable of the environment; what the "
    "command\n"
    "line says stands above it. `stator COMMAND --help` prints the same.\n";

constexpr std::string_view kMarkdownFlags =
    "\n## With the flags of DynamoDB Local\n"
    "\n"
    "`stator -inMemory -sharedDb`: does what that program does, see\n"
    "[moving-from-dynamodb-local.md](moving-from-dynamodb-local.md). The variables of `stator "
    "serve`\n"
    "are read as well.\n"
    "\n| flag | |\n|---|---|\n";

constexpr std::string_view kManStart =
    ".TH STATOR 1 \"\" \"stator {0}\"\n"
    ".SH NAME\n"
    "stator \\- the DynamoDB that stays on one machine\n"
    ".SH SYNOPSIS\n"
    ".B stator\n"
    ".I COMMAND\n"
    "[options]\n"
    ".br\n"
    ".B stator\n"
    "[flags of DynamoDB Local]\n"
    ".SH DESCRIPTION\n"
    "One process that answers the DynamoDB JSON protocol and keeps its items in memory or in\n"
    "RocksDB. Any well-formed credentials will do.\n"
    ".PP\n"
    "An option is also a variable of the environment; what the command line says stands above "
    "it.\n";

constexpr std::string_view kManEnd =
    ".SH EXIT STATUS\n"
    "0, when it was asked to end; 1, when what was asked for is not well; 2, when it cannot "
    "start,\n"
    "with one line on standard error that says why, and nothing changed; 2 too, when what it "
    "prints\n"
    "cannot be written.\n"
    ".SH EXAMPLES\n"
    ".nf\n"
    "stator serve --data /var/lib/stator\n"
    "aws dynamodb list-tables --endpoint-url http://127.0.0.1:8000\n"
    ".fi\n";

// "--port PORT", or for a positional argument "TABLE".
std::string usage(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  if (!option.nonpositional()) return type;
  const std::string name = "--" + option.get_single_name();
  return type.empty() ? name : name + " " + type;
}

// A letter between bars would end the cell.
std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string code(const std::string& text) {
  return text.empty() ? "" : "`" + cell(text) + "`";
}

std::vector<const CLI::Option*> documented_options(const CLI::App& command) {
  return command.get_options([](const CLI::Option* option) {
    return option->get_single_name() != "help" && option->get_single_name() != "h";
  });
}

std::string markdown_row(const CLI::Option& option) {
  return fmt::format("| {} | {} | {} | {} |\n", code(usage(option)), code(option.get_envname()),
                     code(option.get_default_str()), cell(option.get_description()));
}

std::string markdown_command(const CLI::App& command) {
  std::string text =
      fmt::format("\n## stator {}\n\n{}.\n", command.get_name(), command.get_description());
  std::string group;
  for (const CLI::Option* const option : documented_options(command)) {
    if (group != option->get_group()) {
      group = option->get_group();
      text += group == "Options" ? "" : "\n### " + group + "\n";
      text += "\n| option | variable | default | |\n|---|---|---|---|\n";
    }
    text += markdown_row(*option);
  }
  return text;
}

// Bytes that roff would read as its own.
std::string roff(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\\') {
      escaped += "\\e";
    } else if (c == '-') {
      escaped += "\\-";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string man_option(const CLI::Option& option) {
  std::string text =
      fmt::format(".TP\n\\fB{}\\fR\n{}", roff(usage(option)), roff(option.get_description()));
  if (!option.get_default_str().empty()) {
    text += fmt::format(" (default: {})", roff(option.get_default_str()));
  }
  if (!option.get_envname().empty()) text += fmt::format(" [{}]", option.get_envname());
  return text + "\n";
}

std::string man_command(const CLI::App& command) {
  std::string text =
      fmt::format(".SS stator {}\n{}.\n", command.get_name(), roff(command.get_description()));
  for (const CLI::Option* const option : documented_options(command)) text += man_option(*option);
  return text;
}

std::string named(const DdblocalFlag& flag) {
  return std::string(flag.name) + (flag.value.empty() ? "" : " ") + std::string(flag.value);
}

}  // namespace

std::string markdown_reference(const CLI::App& app) {
  std::string text(kMarkdownStart);
  for (const CLI::App* const command : app.get_subcommands(nullptr)) {
    text += markdown_command(*command);
  }
  text += kMarkdownFlags;
  for (const DdblocalFlag& flag : ddblocal_flags()) {
    text += fmt::format("| {} | {} |\n", code(named(flag)), cell(flag.text));
  }
  return text;
}

std::string man_page(const CLI::App& app) {
  std::string text = fmt::format(kManStart, version());
  text += ".SH COMMANDS\n";
  for (const CLI::App* const command : app.get_subcommands(nullptr)) text += man_command(*command);
  text += ".SH FLAGS OF DYNAMODB LOCAL\nStarted with them, stator does what that program does.\n";
  for (const DdblocalFlag& flag : ddblocal_flags()) {
    text += fmt::format(".TP\n\\fB{}\\fR\n{}\n", roff(named(flag)), roff(flag.text));
  }
  return text + std::string(kManEnd);
}

}  // namespace stator
