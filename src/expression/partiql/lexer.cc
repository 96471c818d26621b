#include "expression/partiql/lexer.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "expression/partiql/keywords.h"

namespace stator::partiql {
namespace {

bool is_name_start(char c) {
  return is_ascii_letter(c) || c == '_' || c == '$' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

struct Sign {
  std::string_view text;
  LexemeKind kind;
};

// The longer ones first.
constexpr std::array<Sign, 23> kSigns = {{{"<<", LexemeKind::left_bag},
                                          {">>", LexemeKind::right_bag},
                                          {"<>", LexemeKind::not_equal},
                                          {"!=", LexemeKind::not_equal},
                                          {"<=", LexemeKind::less_equal},
                                          {">=", LexemeKind::greater_equal},
                                          {"<", LexemeKind::less},
                                          {">", LexemeKind::greater},
                                          {"=", LexemeKind::equal},
                                          {".", LexemeKind::dot},
                                          {",", LexemeKind::comma},
                                          {";", LexemeKind::semicolon},
                                          {"?", LexemeKind::question},
                                          {"*", LexemeKind::star},
                                          {"+", LexemeKind::plus},
                                          {"-", LexemeKind::minus},
                                          {"(", LexemeKind::left_parenthesis},
                                          {")", LexemeKind::right_parenthesis},
                                          {"[", LexemeKind::left_bracket},
                                          {"]", LexemeKind::right_bracket},
                                          {"{", LexemeKind::left_brace},
                                          {"}", LexemeKind::right_brace},
                                          {":", LexemeKind::colon}}};

// Of UTF-8.
std::uint32_t characters_of(std::string_view text) {
  return static_cast<std::uint32_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

}  // namespace

bool Lexer::skip_comment() {
  if (starts_with("--")) {
    while (at_ < text_.size() && text_[at_] != '\n') ++at_;
    return true;
  }
  const std::size_t end = text_.find("*/", at_ + 2);
  if (end == std::string_view::npos) return false;
  for (; at_ < end + 2; ++at_) {
    if (text_[at_] != '\n') continue;
    ++line_;
    line_start_ = at_ + 1;
  }
  return true;
}

bool Lexer::skip_blanks() {
  while (at_ < text_.size()) {
    if (is_blank(text_[at_])) {
      if (text_[at_] == '\n') {
        ++line_;
        line_start_ = at_ + 1;
      }
      ++at_;
    } else if (starts_with("--") || starts_with("/*")) {
      if (!skip_comment()) return false;
    } else {
      return true;
    }
  }
  return true;
}

std::uint32_t Lexer::column() {
  if (counted_ < line_start_) {
    counted_ = line_start_;
    characters_ = 0;
  }
  characters_ += characters_of(text_.substr(counted_, at_ - counted_));
  counted_ = at_;
  return characters_ + 1;
}

Lexeme Lexer::take(LexemeKind kind, std::size_t size) {
  const std::string_view text = text_.substr(at_, size);
  const Lexeme token{
      .kind = kind,
      .keyword = Word::none,
      .text = text,
      .position = {.line = line_, .column = column(), .length = characters_of(text)}};
  // Only strings and quoted names go over several lines.
  for (std::size_t i = at_; i < at_ + size; ++i) {
    if (text_[i] != '\n') continue;
    ++line_;
    line_start_ = i + 1;
  }
  at_ += size;
  return token;
}

Lexeme Lexer::scan_name() {
  std::size_t size = 1;
  while (is_name_start(peek(size)) || is_ascii_digit(peek(size))) ++size;
  Lexeme token = take(LexemeKind::name, size);
  token.keyword = keyword_of(token.text);
  return token;
}

Lexeme Lexer::scan_quoted(LexemeKind kind, char quote) {
  std::size_t end = at_ + 1;
  while (end < text_.size()) {
    if (text_[end] != quote) {
      ++end;
    } else if (end + 1 < text_.size() && text_[end + 1] == quote) {
      end += 2;
    } else {
      return take(kind, end + 1 - at_);
    }
  }
  return take(LexemeKind::invalid, text_.size() - at_);
}

// digits [. digits] [e [+-] digits], or a point before the first digit.
Lexeme Lexer::scan_number() {
  std::size_t size = 0;
  while (is_ascii_digit(peek(size))) ++size;
  if (peek(size) == '.') {
    ++size;
    while (is_ascii_digit(peek(size))) ++size;
  }
  if (peek(size) == 'e' || peek(size) == 'E') {
    const std::size_t sign = peek(size + 1) == '+' || peek(size + 1) == '-' ? 1 : 0;
    if (is_ascii_digit(peek(size + 1 + sign))) {
      size += 1 + sign;
      while (is_ascii_digit(peek(size))) ++size;
    }
  }
  // A number does not run into a name.
  if (is_name_start(peek(size))) return take(LexemeKind::invalid, size + 1);
  return take(LexemeKind::number, size);
}

Lexeme Lexer::scan() {
  if (!skip_blanks()) return take(LexemeKind::invalid, text_.size() - at_);
  if (at_ >= text_.size()) return take(LexemeKind::end, 0);
  const char c = text_[at_];
  if (is_name_start(c)) return scan_name();
  if (c == '\'') return scan_quoted(LexemeKind::string, c);
  if (c == '"') return scan_quoted(LexemeKind::quoted, c);
  if (is_ascii_digit(c) || (c == '.' && is_ascii_digit(peek(1)))) return scan_number();
  for (const Sign& sign : kSigns) {
    if (starts_with(sign.text)) return take(sign.kind, sign.text.size());
  }
  return take(LexemeKind::invalid, 1);
}

std::string unquoted(std::string_view text) {
  const char quote = text.front();
  std::string result;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    result.push_back(text[i]);
    if (text[i] == quote) ++i;
  }
  return result;
}

}  // namespace stator::partiql
