#include "streams/json_text.h"

#include "base/bytes.h"

namespace stator {
namespace {

// Arrays and objects inside each other; ours, against a deep stack.
constexpr int kDepthMax = 256;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

void append_utf8(unsigned code_point, std::string* out) {
  const auto put = [out](unsigned byte) {
    out->push_back(to_char(static_cast<std::uint8_t>(byte)));
  };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | code_point >> 6);
    put(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    put(0xE0 | code_point >> 12);
    put(0x80 | (code_point >> 6 & 0x3F));
    put(0x80 | (code_point & 0x3F));
  } else {
    put(0xF0 | code_point >> 18);
    put(0x80 | (code_point >> 12 & 0x3F));
    put(0x80 | (code_point >> 6 & 0x3F));
    put(0x80 | (code_point & 0x3F));
  }
}

// The value of a hexadecimal digit, or 16.
unsigned hex_value(char c) {
  if (is_digit(c)) return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
  return 16;
}

bool is_high_surrogate(unsigned unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}
bool is_low_surrogate(unsigned unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

// What the escape of one letter stands for, or 0.
char escaped(char letter) {
  switch (letter) {
    case '"':
    case '\\':
    case '/':
      return letter;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return 0;
  }
}

}  // namespace

void JsonText::skip_space() {
  while (at_ != end_ && (*at_ == ' ' || *at_ == '\t' || *at_ == '\n' || *at_ == '\r')) ++at_;
}

bool JsonText::take(char c) {
  if (at_ == end_ || *at_ != c) return false;
  ++at_;
  return true;
}

bool JsonText::take_word(std::string_view word) {
  if (!std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(word)) return false;
  at_ += word.size();
  return true;
}

JsonTextKind JsonText::kind() {
  skip_space();
  if (!ok_ || at_ == end_) return JsonTextKind::none;
  switch (*at_) {
    case '{':
      return JsonTextKind::object;
    case '[':
      return JsonTextKind::array;
    case '"':
      return JsonTextKind::string;
    case 't':
    case 'f':
      return JsonTextKind::boolean;
    case 'n':
      return JsonTextKind::null;
    default:
      return *at_ == '-' || is_digit(*at_) ? JsonTextKind::number : JsonTextKind::none;
  }
}

// Of \uXXXX: the four digits.
bool JsonText::code_unit(unsigned* unit) {
  *unit = 0;
  for (int i = 0; i < 4; ++i) {
    const unsigned digit = at_ == end_ ? 16 : hex_value(*at_++);
    if (digit == 16) return false;
    *unit = *unit << 4 | digit;
  }
  return true;
}

void JsonText::escape(std::string* out) {
  unsigned unit = 0;
  if (!take('u')) {
    const char c = at_ == end_ ? '\0' : escaped(*at_++);
    expect(c != 0);
    out->push_back(c);
    return;
  }
  expect(code_unit(&unit) && !is_low_surrogate(unit));
  if (ok_ && is_high_surrogate(unit)) {
    unsigned low = 0;
    expect(take('\\') && take('u') && code_unit(&low) && is_low_surrogate(low));
    unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
  }
  if (ok_) append_utf8(unit, out);
}

std::string JsonText::string() {
  std::string text;
  expect(kind() == JsonTextKind::string && take('"'));
  while (ok_ && !take('"')) {
    expect(at_ != end_ && to_byte(*at_) >= 0x20);
    if (!ok_) break;
    if (take('\\')) {
      escape(&text);
    } else {
      text.push_back(*at_++);
    }
  }
  return text;
}

bool JsonText::take_digits() {
  const char* const start = at_;
  while (at_ != end_ && is_digit(*at_)) ++at_;
  return at_ != start;
}

std::string_view JsonText::number() {
  expect(kind() == JsonTextKind::number);
  if (!ok_) return {};
  const char* const start = at_;
  take('-');
  expect(take('0') || take_digits());
  if (take('.')) expect(take_digits());
  if (take('e') || take('E')) {
    if (!take('+')) take('-');
    expect(take_digits());
  }
  return ok_ ? std::string_view(start, static_cast<std::size_t>(at_ - start)) : std::string_view();
}

bool JsonText::boolean() {
  expect(kind() == JsonTextKind::boolean);
  if (ok_ && take_word("true")) return true;
  expect(take_word("false"));
  return false;
}

void JsonText::null() {
  expect(kind() == JsonTextKind::null && take_word("null"));
}

void JsonText::skip_value() {
  switch (kind()) {
    case JsonTextKind::object:
      for (Members members(this); members.next();) skip_value();
      break;
    case JsonTextKind::array:
      for (Elements elements(this); elements.next();) skip_value();
      break;
    case JsonTextKind::string:
      string();
      break;
    case JsonTextKind::number:
      number();
      break;
    case JsonTextKind::boolean:
      boolean();
      break;
    case JsonTextKind::null:
      null();
      break;
    case JsonTextKind::none:
      expect(false);
  }
}

std::string_view JsonText::skip() {
  skip_space();
  const char* const start = at_;
  skip_value();
  return ok_ ? std::string_view(start, static_cast<std::size_t>(at_ - start)) : std::string_view();
}

bool JsonText::finish() {
  skip_space();
  return ok_ && at_ == end_;
}

void JsonText::open(char bracket) {
  skip_space();
  expect(++depth_ <= kDepthMax && take(bracket));
}

bool JsonText::next_in(char closing, bool* started) {
  skip_space();
  if (!ok_ || take(closing)) return false;
  if (*started) expect(take(','));
  *started = true;
  return ok_;
}

bool JsonText::Members::next() {
  if (!json_->next_in('}', &started_)) return false;
  name_ = json_->string();
  json_->skip_space();
  json_->expect(json_->take(':'));
  return json_->ok_;
}

bool JsonText::Elements::next() {
  return json_->next_in(']', &started_);
}

}  // namespace stator
