// A shell for PartiQL: statements in, tables or JSON out.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "shell/dynamo.h"
#include "shell/input_line.h"
#include "shell/statement_pages.h"
#include "shell/statement_text.h"

namespace stator {

enum class ShellOutput { table, json };

struct ShellSettings {
  ShellOutput output = ShellOutput::table;
  // A person reads along: there are prompts, pages wait for Enter, and an error ends nothing. Else
  // the first error ends the shell.
  bool is_interactive = false;
};

// A resource of one thread.
class Shell {
 public:
  using ReadLine = std::function<InputLine(const std::string& prompt)>;
  using Print = std::function<void(std::string_view text)>;

  //   print     what statements say
  //   complain  errors
  Shell(Dynamo dynamo, ShellSettings settings, Print print, Print complain)
      : dynamo_(std::move(dynamo)),
        settings_(settings),
        print_(std::move(print)),
        complain_(std::move(complain)) {}

  // Runs what it reads, until the input ends or .quit.
  // Returns whether all of it succeeded; when a person reads along, true.
  bool run(const ReadLine& read_line);

  // The lines of the statement that has begun; empty: none.
  std::string_view begun() const { return text_.begun(); }

 private:
  std::string prompt() const;
  bool take_line(const std::string& line);
  bool run_statements();
  bool run_statement(ScriptStatement statement);
  bool show_items();
  Result<void> show_pages();
  Result<void> show(const std::vector<std::string>& items);
  void show_count();
  const std::vector<std::string>& key_columns();
  bool refuse(std::size_t line, const Error& error, std::string_view marked);

  bool run_command(const std::string& line);
  Result<void> run_named(std::string_view name, std::string_view argument);
  Result<void> show_tables();
  Result<void> describe(std::string_view table);
  Result<void> set_output(std::string_view name);
  Result<void> set_parameters(std::string_view json);

  const Dynamo dynamo_;
  ShellSettings settings_;
  const Print print_;
  const Print complain_;
  StatementText text_;
  std::string parameters_;  // of the next statement, as JSON
  std::size_t line_ = 0;    // that was read last
  bool has_quit_ = false;

  // The statement whose items are being shown.
  std::optional<StatementPages> pages_;
  std::size_t statement_line_ = 0;
  std::size_t shown_ = 0;                                        // of its items
  std::map<std::string, std::vector<std::string>> key_columns_;  // by table
};

}  // namespace stator
