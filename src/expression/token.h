// The words of an expression.
#pragma once

#include <cstdint>
#include <string_view>

namespace stator {

enum class TokenKind : std::uint8_t {
  end,
  word,    // identifier or keyword
  name,    // #n
  value,   // :v
  number,  // digits
  left_parenthesis,
  right_parenthesis,
  left_bracket,
  right_bracket,
  comma,
  dot,
  plus,
  minus,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  invalid,  // a character that starts no token
};

// Recognised in any case. Each is a reserved word too.
enum class Keyword : std::uint8_t {
  none,
  logical_and,
  logical_or,
  logical_not,
  between,
  in,
  set,
  remove,
  add,
  del,
};

// A view into the expression's text.
struct Token {
  TokenKind kind = TokenKind::end;
  Keyword keyword = Keyword::none;  // of a word
  std::string_view text;

  const char* begin() const { return text.data(); }
  const char* end() const { return text.data() + text.size(); }
};

}  // namespace stator
