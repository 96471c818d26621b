// Reads the tokens of an expression, one ahead.
#pragma once

#include <string>
#include <string_view>

#include "expression/token.h"

namespace stator {

// A cursor over text that must outlive it. Never fails: what is no token has the kind `invalid`,
// which no grammar accepts.
class TokenReader {
 public:
  explicit TokenReader(std::string_view text)
      : at_(text.data()), end_(text.data() + text.size()), current_(scan()), next_(scan()) {}

  const Token& current() const { return current_; }
  const Token& next() const { return next_; }

  void advance() {
    previous_ = current_;
    current_ = next_;
    next_ = scan();
  }

  // 'Syntax error; token: "AND", near: "a AND ="': the current token, and the text from the token
  // before it to the token after it.
  std::string syntax_error() const;

 private:
  Token scan();
  Token take(TokenKind kind, std::size_t size);

  const char* at_;
  const char* end_;
  Token previous_;
  Token current_;
  Token next_;
};

}  // namespace stator
