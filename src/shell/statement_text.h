// From lines to statements: a statement ends with ';', except in a string, a quoted name or a
// comment.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace stator {

struct ScriptStatement {
  std::string text;      // without blanks around it, and without the ';'
  std::size_t line = 1;  // of the script, on which it begins
  bool operator==(const ScriptStatement&) const = default;
};

// A value. Every byte is looked at once.
class StatementText {
 public:
  //   line  without its end
  void add_line(std::string_view line);

  // Counts a line of the script that is of no statement. Call it when nothing has begun.
  void skip_line() { ++line_; }

  // The next whole statement.
  std::optional<ScriptStatement> take();

  // What was begun and has no ';': the last one of a script, or the sign of a comment that never
  // ends, which is no statement. Call it when take() has nothing.
  std::optional<ScriptStatement> take_rest();

  // Whether a statement, or a comment, has begun. Call it when take() has nothing.
  bool has_begun() const { return begin_ || mode_ != Mode::plain; }
  // What has begun; empty: nothing.
  std::string_view begun() const { return begin_ ? std::string_view(text_).substr(*begin_) : ""; }

  // Forgets what has begun.
  void clear();

 private:
  enum class Mode { plain, string, name, line_comment, block_comment };

  bool looks_at(std::string_view sign) const {
    return std::string_view(text_).substr(at_).starts_with(sign);
  }
  void step();
  void begin_at(char c);
  void end_mode_at(std::string_view sign);
  void advance(std::size_t bytes);
  ScriptStatement cut();

  std::string text_;                  // lines, of which nothing is dropped before add_line
  std::size_t at_ = 0;                // what stands before it was looked at
  std::optional<std::size_t> begin_;  // of the statement
  std::size_t begin_line_ = 1;
  std::size_t comment_line_ = 1;  // on which the last comment began
  std::size_t line_ = 1;          // of at_
  Mode mode_ = Mode::plain;
};

}  // namespace stator
