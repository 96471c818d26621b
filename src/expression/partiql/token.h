// The tokens of PartiQL statements.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace stator::partiql {

enum class LexemeKind : std::uint8_t {
  end,
  invalid,  // no token, or one without its end
  name,     // a bare word
  quoted,   // "name"
  string,   // 'text'
  number,
  dot,
  comma,
  semicolon,
  question,
  star,
  plus,
  minus,
  left_parenthesis,
  right_parenthesis,
  left_bracket,
  right_bracket,
  left_brace,
  right_brace,
  left_bag,   // <<
  right_bag,  // >>
  colon,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
};

enum class Word : std::uint8_t {
  none,   // a name
  other,  // a keyword that no statement has
  logical_and,
  between,
  by,
  remove_row,  // DELETE
  exists,
  from,
  in,
  insert,
  into,
  is,
  missing,
  logical_not,
  null,
  logical_or,
  order,
  select,
  set,
  update,
  value_false,
  value_true,
  where,
  all,
  asc,
  desc,
  modified,
  new_,
  old,
  remove,
  returning,
  value,
};

// Where a token stands: line and column from 1, in characters.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::uint32_t length = 0;

  // "1:8:5"
  std::string text() const {
    return std::to_string(line) + ":" + std::to_string(column) + ":" + std::to_string(length);
  }
};

// The text is that of the statement, quotes included.
struct Lexeme {
  LexemeKind kind = LexemeKind::end;
  Word keyword = Word::none;
  std::string_view text = {};
  Position position = {};
};

}  // namespace stator::partiql
