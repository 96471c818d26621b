// From the text of a statement to tokens, one ahead.
#pragma once

#include <string_view>

#include "expression/partiql/token.h"

namespace stator::partiql {

// A cursor over text that must outlive it. Never fails: what is no token has the kind `invalid`,
// which no grammar accepts. White space and comments ("-- .." to the end of the line, "/* .. */")
// stand between tokens.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text), current_(scan()), next_(scan()) {}

  const Lexeme& current() const { return current_; }
  const Lexeme& next() const { return next_; }

  void advance() {
    current_ = next_;
    next_ = scan();
  }

 private:
  // Steps over white space and comments; false at a comment without its end.
  bool skip_blanks();
  bool skip_comment();
  bool starts_with(std::string_view prefix) const { return text_.substr(at_).starts_with(prefix); }
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  Lexeme scan();
  Lexeme scan_name();
  Lexeme scan_quoted(LexemeKind kind, char quote);
  Lexeme scan_number();
  Lexeme take(LexemeKind kind, std::size_t size);
  // Of where it is; asked for in the order of the text.
  std::uint32_t column();

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  std::size_t line_start_ = 0;
  std::size_t counted_ = 0;  // up to here the characters of the line are counted
  std::uint32_t characters_ = 0;
  Lexeme current_;
  Lexeme next_;
};

// What stands between the quotes of a string or a quoted name, where a quote that is doubled stands
// for one.
std::string unquoted(std::string_view text);

}  // namespace stator::partiql
