#include "shell/shell.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "shell/interrupts.h"
#include "shell/item_table.h"
#include "shell/statement_marker.h"
#include "shell/table_keys.h"
#include "streams/json_text.h"

namespace stator {
namespace {

constexpr const char* kHelp =
    "A statement of PartiQL ends with ; and may take several lines. Tab completes, Ctrl-C drops a\n"
    "line or stops a statement, Ctrl-D ends.\n"
    "  .tables             the names of all tables\n"
    "  .describe TABLE     its keys, and those of its indexes\n"
    "  .output table|json  how items are shown\n"
    "  .parameters [..]    values for the ? of the next statement: [{\"S\": \"a\"}, {\"N\": "
    "\"1\"}]\n"
    "  .help, .quit\n";

// Items that are shown at a time: as many as a person reads, or as a table takes its widths from.
constexpr std::size_t kItemsInteractive = 50;
constexpr std::size_t kItemsOfTable = 1000;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r;";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

std::string count_text(std::size_t count) {
  return fmt::format("{} item{}", count, count == 1 ? "" : "s");
}

}  // namespace

bool Shell::run(const ReadLine& read_line) {
  while (!has_quit_) {
    const InputLine line = read_line(prompt());
    if (line.kind == InputLine::Kind::end) break;
    if (line.kind == InputLine::Kind::interrupt) {
      take_interrupt();
      text_.clear();
      pages_.reset();
    } else if (!take_line(line.text) && !settings_.is_interactive) {
      return false;
    }
  }
  if (settings_.is_interactive || has_quit_) return true;
  std::optional<ScriptStatement> rest = text_.take_rest();
  return !rest || run_statement(*std::move(rest));
}

std::string Shell::prompt() const {
  if (text_.has_begun()) return "   ...> ";
  return pages_ ? "more: Enter> " : "stator> ";
}

bool Shell::take_line(const std::string& line) {
  ++line_;
  if (!text_.has_begun()) {
    if (pages_ && trimmed(line).empty()) return show_items();
    pages_.reset();
    if (line.starts_with('.')) {
      text_.skip_line();
      return run_command(line);
    }
  }
  text_.add_line(line);
  return run_statements();
}

bool Shell::run_statements() {
  while (std::optional<ScriptStatement> statement = text_.take()) {
    if (!run_statement(*std::move(statement)) && !settings_.is_interactive) return false;
  }
  return true;
}

bool Shell::run_statement(ScriptStatement statement) {
  statement_line_ = statement.line;
  pages_.emplace(dynamo_, std::move(statement.text), std::exchange(parameters_, ""));
  shown_ = 0;
  return show_items();
}

bool Shell::show_items() {
  const Result<void> result = show_pages();
  if (result && !pages_->is_over()) return true;
  const StatementPages pages = *std::move(pages_);
  pages_.reset();
  if (result) return true;
  return refuse(statement_line_, result.error(),
                marked_position(pages.statement(), result.error().message()));
}

// One page where a person reads along, else all of them.
Result<void> Shell::show_pages() {
  const std::size_t count = settings_.is_interactive ? kItemsInteractive : kItemsOfTable;
  do {
    const std::vector<std::string> items = TRY(pages_->next(count));
    TRY(show(items));
    shown_ += items.size();
  } while (!settings_.is_interactive && !pages_->is_over());
  show_count();
  return {};
}

Result<void> Shell::show(const std::vector<std::string>& items) {
  if (items.empty()) return {};
  if (settings_.output == ShellOutput::json) {
    for (const std::string& item : items) print_(item + "\n");
    return {};
  }
  ItemTable table(key_columns());
  for (const std::string& item : items) {
    if (!table.add(item)) return Error(ErrorCode::internal, "the answer is none of DynamoDB's");
  }
  print_(table.text());
  return {};
}

void Shell::show_count() {
  if (settings_.is_interactive) {
    print_(fmt::format("{}, {} capacity units\n", count_text(shown_), pages_->capacity_units()));
  } else if (settings_.output == ShellOutput::table && pages_->is_select()) {
    print_(count_text(shown_) + "\n");
  }
}

// They come first. A statement on a table that nobody can describe says so itself.
const std::vector<std::string>& Shell::key_columns() {
  const std::string table = table_in(pages_->statement());
  const auto [found, is_new] = key_columns_.try_emplace(table);
  if (!is_new || table.empty()) return found->second;
  const Result<std::vector<KeysOfTable>> described = keys_of_table(dynamo_, table);
  if (!described) return found->second;
  for (const NamedKey& key : described->front().keys) found->second.push_back(key.attribute);
  return found->second;
}

bool Shell::refuse(std::size_t line, const Error& error, std::string_view marked) {
  const std::string place =
      settings_.is_interactive ? "" : "stator: line " + std::to_string(line) + ": ";
  complain_(place + error.message() + "\n" + std::string(marked));
  return false;
}

// ---- Commands ----

bool Shell::run_command(const std::string& line) {
  const std::string_view text = trimmed(line);
  const std::size_t end = std::min(text.find(' '), text.size());
  const Result<void> result = run_named(text.substr(0, end), trimmed(text.substr(end)));
  return result || refuse(line_, result.error(), "");
}

Result<void> Shell::run_named(std::string_view name, std::string_view argument) {
  if (name == ".tables") return show_tables();
  if (name == ".describe") return describe(argument);
  if (name == ".output") return set_output(argument);
  if (name == ".parameters") return set_parameters(argument);
  if (name == ".quit") {
    has_quit_ = true;
  } else if (name == ".help") {
    print_(kHelp);
  } else {
    return validation_error("no such command: " + std::string(name) + " (.help tells more)");
  }
  return {};
}

Result<void> Shell::show_tables() {
  for (const std::string& name : TRY(table_names(dynamo_))) print_(name + "\n");
  return {};
}

Result<void> Shell::describe(std::string_view table) {
  if (table.empty()) return validation_error(".describe takes the name of a table");
  for (const KeysOfTable& each : TRY(keys_of_table(dynamo_, table))) {
    std::string line = "\"" + std::string(table) + "\"";
    if (!each.index.empty()) line += ".\"" + each.index + "\"";
    for (const NamedKey& key : each.keys) {
      line += (&key == each.keys.data() ? ": " : ", ") + key.attribute + " " + key.type;
    }
    print_(line + "\n");
  }
  return {};
}

Result<void> Shell::set_output(std::string_view name) {
  if (name != "table" && name != "json") return validation_error(".output takes table or json");
  settings_.output = name == "json" ? ShellOutput::json : ShellOutput::table;
  return {};
}

Result<void> Shell::set_parameters(std::string_view json) {
  JsonText text(json);
  if (text.kind() == JsonTextKind::array && (text.skip(), text.finish())) {
    parameters_ = json;
    return {};
  }
  return validation_error(".parameters takes a JSON array of values, like [{\"S\": \"a\"}]");
}

}  // namespace stator
