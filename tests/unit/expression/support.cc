#include "support.h"

#include <cctype>

#include "base/check.h"
#include "model/number.h"
#include "model/value_writer.h"

namespace stator::testing_support {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  void value(std::string* out) {
    switch (peek()) {
      case '"':
        append_string(quoted(), out);
        break;
      case 'b':
        ++at_;
        append_binary(quoted(), out);
        break;
      case 't':
        word("true");
        append_bool(true, out);
        break;
      case 'f':
        word("false");
        append_bool(false, out);
        break;
      case 'n':
        word("null");
        append_null(out);
        break;
      case '[':
        list(out);
        break;
      case '{':
        map(out);
        break;
      case '<':
        set(out);
        break;
      default:
        append_number(*parse_number(number()), out);
    }
  }

  template <typename Writer>
  void members(Writer* writer, std::string* out) {
    take('{');
    while (peek() != '}') {
      writer->add(name());
      take(':');
      value(out);
      if (peek() == ',') ++at_;
    }
    take('}');
  }

 private:
  char peek() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    CHECK(at_ < text_.size());
    return text_[at_];
  }
  void take(char c) {
    CHECK(peek() == c);
    ++at_;
  }
  void word(std::string_view w) {
    CHECK(text_.substr(at_, w.size()) == w);
    at_ += w.size();
  }
  std::string_view quoted() {
    take('"');
    const std::size_t end = text_.find('"', at_);
    CHECK(end != std::string_view::npos);
    const std::string_view inner = text_.substr(at_, end - at_);
    at_ = end + 1;
    return inner;
  }
  std::string_view until(std::string_view stops) {
    peek();
    const std::size_t from = at_;
    while (at_ < text_.size() && stops.find(text_[at_]) == std::string_view::npos) ++at_;
    return text_.substr(from, at_ - from);
  }
  std::string_view name() { return until(": "); }
  std::string_view number() { return until(",]}> "); }

  void list(std::string* out) {
    take('[');
    ListWriter writer(out);
    while (peek() != ']') {
      writer.add();
      value(out);
      if (peek() == ',') ++at_;
    }
    take(']');
    writer.finish();
  }

  void map(std::string* out) {
    MapWriter writer(out);
    members(&writer, out);
    writer.finish();
  }

  void set(std::string* out) {
    take('<');
    AttributeType type = AttributeType::NS;
    if (peek() == '"') type = AttributeType::SS;
    if (peek() == 'b') type = AttributeType::BS;
    std::vector<Number> numbers;
    numbers.reserve(64);
    std::vector<std::string_view> elements;
    while (peek() != '>') {
      if (type == AttributeType::NS) {
        elements.push_back(numbers.emplace_back(*parse_number(number())).bytes());
      } else {
        if (type == AttributeType::BS) take('b');
        elements.push_back(quoted());
      }
      if (peek() == ',') ++at_;
    }
    take('>');
    CHECK(append_set(type, &elements, out));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string show_scalar(AttributeType type, std::string_view bytes) {
  if (type == AttributeType::N) {
    std::string text;
    append_number_text(bytes, &text);
    return text;
  }
  return (type == AttributeType::B ? "b\"" : "\"") + std::string(bytes) + "\"";
}

void join(std::string part, std::string* out) {
  if (out->size() > 1) *out += ", ";
  *out += part;
}

}  // namespace

std::string value_bytes_of(std::string_view text) {
  std::string bytes;
  Reader(text).value(&bytes);
  return bytes;
}

std::string item_bytes_of(std::string_view text) {
  std::string bytes;
  ItemWriter writer(&bytes);
  Reader(text).members(&writer, &bytes);
  writer.finish();
  return bytes;
}

std::string show(const MapView& attributes) {
  std::string text = "{";
  for (MapView::Cursor c(attributes); c.next();) {
    join(std::string(c.name()) + ": " + show(c.value()), &text);
  }
  return text + "}";
}

std::string show(ValueView value) {
  std::string text;
  switch (value.type()) {
    case AttributeType::S:
    case AttributeType::N:
    case AttributeType::B:
      return show_scalar(value.type(), value.scalar());
    case AttributeType::BOOL:
      return value.boolean() ? "true" : "false";
    case AttributeType::NUL:
      return "null";
    case AttributeType::M:
      return show(value.map());
    case AttributeType::L:
      text = "[";
      for (ListView::Cursor c(value.list()); c.next();) join(show(c.value()), &text);
      return text + "]";
    default:
      text = "<";
      for (SetView::Cursor c(value.set()); c.next();) {
        join(show_scalar(element_type(value.type()), c.element()), &text);
      }
      return text + ">";
  }
}

std::string concat(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += part;
  return text;
}

std::string syntax(std::string_view token, std::string_view near) {
  return concat({"Syntax error; token: \"", token, "\", near: \"", near, "\""});
}

Request::Request(std::vector<std::pair<std::string, std::string>> names,
                 std::vector<std::pair<std::string, std::string>> values) {
  const auto keep = [this](std::string text) -> std::string_view {
    return texts_.emplace_back(std::move(text));
  };
  for (auto& [key, name] : names) {
    placeholders.names.push_back({.key = keep(key), .name = keep(name)});
  }
  for (auto& [key, value] : values) {
    placeholders.values.push_back(
        {.key = keep(key), .value = ValueView(keep(value_bytes_of(value)))});
  }
}

}  // namespace stator::testing_support
