#include "expression/token_reader.h"

#include <array>
#include <cstddef>

#include "base/bytes.h"
#include "base/utf8.h"

namespace stator {
namespace {

enum class CharClass : std::uint8_t { other, blank, letter, digit };

constexpr CharClass classify(char c) {
  if (c == ' ' || c == '\t' || c == '\r' || c == '\n') return CharClass::blank;
  if (c >= '0' && c <= '9') return CharClass::digit;
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  return letter ? CharClass::letter : CharClass::other;
}

constexpr std::array<CharClass, 256> kCharClasses = [] {
  std::array<CharClass, 256> classes{};
  for (std::size_t i = 0; i < 256; ++i) classes[i] = classify(static_cast<char>(i));
  return classes;
}();

CharClass class_of(char c) {
  return kCharClasses[to_byte(c)];
}

// The end of the letters and digits that start at `at`.
const char* skip_word(const char* at, const char* end) {
  while (at != end && class_of(*at) >= CharClass::letter) ++at;
  return at;
}

// A number has no zeros before its digits: "01" is two.
const char* skip_number(const char* at, const char* end) {
  if (*at == '0') return at + 1;
  while (at != end && class_of(*at) == CharClass::digit) ++at;
  return at;
}

bool is_word(const char* text, std::string_view lower) {
  for (std::size_t i = 0; i < lower.size(); ++i) {
    if ((text[i] | 0x20) != lower[i]) return false;
  }
  return true;
}

Keyword keyword_of(std::string_view word) {
  const char* const text = word.data();
  switch (word.size()) {
    case 2:
      if (is_word(text, "or")) return Keyword::logical_or;
      if (is_word(text, "in")) return Keyword::in;
      return Keyword::none;
    case 3:
      if (is_word(text, "and")) return Keyword::logical_and;
      if (is_word(text, "set")) return Keyword::set;
      if (is_word(text, "not")) return Keyword::logical_not;
      if (is_word(text, "add")) return Keyword::add;
      return Keyword::none;
    case 6:
      if (is_word(text, "remove")) return Keyword::remove;
      if (is_word(text, "delete")) return Keyword::del;
      return Keyword::none;
    case 7:
      return is_word(text, "between") ? Keyword::between : Keyword::none;
    default:
      return Keyword::none;
  }
}

// The end of the UTF-8 character at `at`: an error shall not show a part of one.
const char* skip_character(const char* at, const char* end) {
  ++at;
  while (at != end && continues_character(*at)) ++at;
  return at;
}

TokenKind punctuation_of(char c) {
  switch (c) {
    case '(':
      return TokenKind::left_parenthesis;
    case ')':
      return TokenKind::right_parenthesis;
    case '[':
      return TokenKind::left_bracket;
    case ']':
      return TokenKind::right_bracket;
    case ',':
      return TokenKind::comma;
    case '.':
      return TokenKind::dot;
    case '+':
      return TokenKind::plus;
    case '-':
      return TokenKind::minus;
    case '=':
      return TokenKind::equal;
    case '<':
      return TokenKind::less;
    case '>':
      return TokenKind::greater;
    default:
      return TokenKind::invalid;
  }
}

}  // namespace

Token TokenReader::take(TokenKind kind, std::size_t size) {
  const std::string_view text(at_, size);
  at_ += size;
  return {kind, kind == TokenKind::word ? keyword_of(text) : Keyword::none, text};
}

Token TokenReader::scan() {
  while (at_ != end_ && class_of(*at_) == CharClass::blank) ++at_;
  if (at_ == end_) return {TokenKind::end, Keyword::none, {at_, 0}};
  const auto size_to = [this](const char* end) { return static_cast<std::size_t>(end - at_); };
  const char first = *at_;
  const char second = at_ + 1 == end_ ? '\0' : at_[1];
  switch (class_of(first)) {
    case CharClass::letter:
      return take(TokenKind::word, size_to(skip_word(at_, end_)));
    case CharClass::digit:
      return take(TokenKind::number, size_to(skip_number(at_, end_)));
    default:
      break;
  }
  if ((first == '#' || first == ':') && class_of(second) >= CharClass::letter) {
    return take(first == '#' ? TokenKind::name : TokenKind::value,
                size_to(skip_word(at_ + 1, end_)));
  }
  if (first == '<' && second == '>') return take(TokenKind::not_equal, 2);
  if (first == '<' && second == '=') return take(TokenKind::less_equal, 2);
  if (first == '>' && second == '=') return take(TokenKind::greater_equal, 2);
  return take(punctuation_of(first), size_to(skip_character(at_, end_)));
}

std::string TokenReader::syntax_error() const {
  const bool at_end = current_.kind == TokenKind::end;
  const bool has_previous = previous_.begin() != nullptr;
  const char* const from = has_previous ? previous_.begin() : current_.begin();
  const char* to = next_.kind == TokenKind::end ? current_.end() : next_.end();
  if (at_end) to = has_previous ? previous_.end() : from;
  std::string message = "Syntax error; token: \"";
  message += at_end ? std::string_view("<EOF>") : current_.text;
  message += "\", near: \"";
  message.append(from, to);
  message += '"';
  return message;
}

}  // namespace stator
