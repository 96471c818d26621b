#include "api/json_writer.h"

#include <array>
#include <charconv>
#include <chrono>

#include "base/base64.h"
#include "base/bytes.h"
#include "base/real_text.h"
#include "model/value_writer.h"

namespace stator {
namespace {

// What stands before and after a value of each type, by AttributeType.
constexpr std::array<std::string_view, 11> kOpen = {
    "",          "{\"S\":",   "{\"N\":\"", "{\"B\":\"", "{\"BOOL\":", "{\"NULL\":true",
    "{\"SS\":[", "{\"NS\":[", "{\"BS\":[", "{\"L\":[",  "{\"M\":"};

constexpr std::size_t kOpenBytesMax = 16;
constexpr std::size_t kCloseBytesMax = 8;
// Of a reply whose size nobody knows yet. Not more: a string's growth is written twice, and its
// spare capacity may be that of a page of Query.
constexpr std::size_t kFirstBytes = 2048;
constexpr std::size_t kEscapedBytesMax = 6;  // of one byte: \u001f

}  // namespace

JsonWriter::JsonWriter(std::string* out) : out_(out) {
  const std::size_t size = out->size();
  out->resize(size + kFirstBytes);
  at_ = out->data() + size;
  end_ = out->data() + out->size();
}

void JsonWriter::grow(std::size_t bytes) {
  const std::size_t used = size();
  out_->resize(std::max(out_->size() * 2, used + bytes));
  at_ = out_->data() + used;
  end_ = out_->data() + out_->size();
}

void JsonWriter::truncate(std::size_t size) {
  at_ = out_->data() + size;
  const char before = size == 0 ? '[' : at_[-1];
  more_ = before != '[' && before != '{';
}

void JsonWriter::open(char bracket) {
  reserve(1);
  put(bracket);
  more_ = false;
}

void JsonWriter::close(char bracket) {
  reserve(1);
  put(bracket);
  more_ = true;
}

void JsonWriter::element() {
  reserve(1);
  comma();
}

void JsonWriter::member(std::string_view name) {
  reserve(name.size() + 4);
  comma();
  put('"');
  put(name);
  put("\":");
}

void JsonWriter::member_of_data(std::string_view name) {
  reserve(1);
  comma();
  string(name);
  reserve(1);
  put(':');
}

void JsonWriter::string(std::string_view utf8) {
  text({utf8, needs_escape(utf8)});
}

void JsonWriter::text(TextView text) {
  if (text.escape) [[unlikely]] {
    reserve(text.text.size() * kEscapedBytesMax + 2);
    put('"');
    escaped(text.text);
  } else {
    reserve(text.text.size() + 2);
    put('"');
    put(text.text);
  }
  put('"');
}

void JsonWriter::escaped(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  for (const char c : text) {
    switch (c) {
      case '"':
        put("\\\"");
        break;
      case '\\':
        put("\\\\");
        break;
      case '\b':
        put("\\b");
        break;
      case '\f':
        put("\\f");
        break;
      case '\n':
        put("\\n");
        break;
      case '\r':
        put("\\r");
        break;
      case '\t':
        put("\\t");
        break;
      default:
        if (to_byte(c) >= 0x20) {
          put(c);
        } else {
          put("\\u00");
          put(kHex[to_byte(c) >> 4]);
          put(kHex[to_byte(c) & 15]);
        }
    }
  }
}

void JsonWriter::integer(std::int64_t value) {
  reserve(24);
  at_ = std::to_chars(at_, end_, value).ptr;
}

void JsonWriter::boolean(bool value) {
  reserve(5);
  put(value ? std::string_view("true") : std::string_view("false"));
}

void JsonWriter::raw(std::string_view json) {
  reserve(json.size());
  put(json);
}

void JsonWriter::units(double value) {
  const auto halves = static_cast<std::int64_t>(value * 2);
  integer(halves / 2);
  reserve(2);
  put(halves % 2 == 0 ? std::string_view(".0") : std::string_view(".5"));
}

void JsonWriter::real(double value) {
  reserve(kRealTextBytesMax);
  at_ = write_real(value, at_);
}

void JsonWriter::time(TimePoint value) {
  const auto milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(value.time_since_epoch()).count();
  integer(milliseconds / 1000);
  reserve(4);
  put('.');
  const auto rest = milliseconds % 1000;
  put(static_cast<char>('0' + rest / 100));
  put(static_cast<char>('0' + rest / 10 % 10));
  put(static_cast<char>('0' + rest % 10));
}

void JsonWriter::number(std::string_view bytes) {
  reserve(kNumberTextBytesMax);
  at_ = write_number_text(bytes, at_);
}

void JsonWriter::set(const SetView& set) {
  bool more = false;
  for (SetView::Cursor c(set); c.next();) {
    reserve(2);
    if (more) put(',');
    more = true;
    if (set.type() == AttributeType::SS) {
      text({c.element(), c.escape()});
      continue;
    }
    put('"');
    if (set.type() == AttributeType::NS) {
      number(c.element());
      reserve(1);
    } else {
      reserve(base64_length(c.element().size()) + 1);
      at_ = write_base64(c.element(), at_);
    }
    put('"');
  }
  reserve(1);
  put(']');
}

void JsonWriter::list(const ListView& list) {
  bool more = false;
  for (ListView::Cursor c(list); c.next();) {
    reserve(1);
    if (more) put(',');
    more = true;
    payload(c.value());
  }
  reserve(1);
  put(']');
}

void JsonWriter::payload(ValueView value) {
  reserve(kOpenBytesMax + kCloseBytesMax);
  put(kOpen[static_cast<std::size_t>(value.type())]);
  switch (value.type()) {
    case AttributeType::S:
      text(value.text_view());
      break;
    case AttributeType::N:
      number(value.number());
      reserve(2);
      put('"');
      break;
    case AttributeType::B:
      reserve(base64_length(value.text().size()) + kCloseBytesMax);
      at_ = write_base64(value.text(), at_);
      put('"');
      break;
    case AttributeType::BOOL:
      put(value.boolean() ? std::string_view("true") : "false");
      break;
    case AttributeType::NUL:
      break;
    case AttributeType::L:
      list(value.list());
      break;
    case AttributeType::M:
      attributes(value.map());
      break;
    default:
      set(value.set());
  }
  reserve(1);
  put('}');
}

void JsonWriter::attribute_value(ValueView value) {
  payload(value);
  more_ = true;
}

void JsonWriter::attributes(const MapView& attributes) {
  reserve(1);
  put('{');
  bool more = false;
  for (MapView::Cursor c(attributes); c.next();) {
    reserve(1);
    if (more) put(',');
    more = true;
    text({c.name(), c.name_escape()});
    reserve(1);
    put(':');
    payload(c.value());
  }
  reserve(1);
  put('}');
  more_ = true;
}

}  // namespace stator
