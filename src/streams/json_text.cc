#include "streams/json_text.h"

#include "base/ascii.h"
#include "base/bytes.h"
#include "base/json_escape.h"
#include "base/utf8.h"

namespace stator {
namespace {

// Arrays and objects inside each other; ours, against a deep stack.
constexpr int kDepthMax = 256;

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
      return *at_ == '-' || is_ascii_digit(*at_) ? JsonTextKind::number : JsonTextKind::none;
  }
}

void JsonText::escape(std::string* out) {
  std::string_view rest(at_, static_cast<std::size_t>(end_ - at_));
  expect(read_json_escape(&rest, out) == JsonEscape::good);
  at_ = rest.data();
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
      character(&text);
    }
  }
  return text;
}

void JsonText::character(std::string* out) {
  const std::size_t bytes = first_character({at_, static_cast<std::size_t>(end_ - at_)}).bytes;
  expect(bytes > 0);
  out->append(at_, bytes);
  at_ += bytes;
}

bool JsonText::take_digits() {
  const char* const start = at_;
  while (at_ != end_ && is_ascii_digit(*at_)) ++at_;
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
