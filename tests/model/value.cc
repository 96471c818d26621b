#include "value.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

namespace stator::plain {
namespace {

constexpr std::array<const char*, 10> kNames = {"S",  "N",  "B",  "BOOL", "NULL",
                                                "SS", "NS", "BS", "L",    "M"};
constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string to_base64(const std::string& bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned group = 0;
    for (std::size_t j = i; j < i + 3; ++j) {
      group = group << 8 | (j < bytes.size() ? static_cast<unsigned char>(bytes[j]) : 0U);
    }
    for (unsigned shift = 24; shift > 0; shift -= 6) text += kAlphabet[group >> (shift - 6) & 63];
  }
  const std::size_t padding = (3 - bytes.size() % 3) % 3;
  text.replace(text.size() - padding, padding, padding, '=');
  return text;
}

std::string from_base64(const std::string& text) {
  if (text.size() % 4 != 0) throw std::invalid_argument("not base64: " + text);
  std::string bytes;
  unsigned group = 0;
  unsigned bits = 0;
  for (const char c : std::string_view(text).substr(0, text.find('='))) {
    const std::size_t digit = kAlphabet.find(c);
    if (digit == std::string_view::npos) throw std::invalid_argument("not base64: " + text);
    group = group << 6 | static_cast<unsigned>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(group >> bits & 255);
  }
  return bytes;
}

Type type_of(const std::string& name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) throw std::invalid_argument("no type: " + name);
  return static_cast<Type>(found - kNames.begin());
}

Type element_type(Type set) {
  return set == Type::SS ? Type::S : set == Type::NS ? Type::N : Type::B;
}

Type set_type(Type element) {
  return element == Type::S ? Type::SS : element == Type::N ? Type::NS : Type::BS;
}

Json content_json(const Value& value);

Json list_json(const Value& value) {
  Json json = Json::array();
  for (const Value& element : value.list) {
    json.push_back(value.type == Type::L ? to_json(element) : content_json(element));
  }
  return json;
}

Json content_json(const Value& value) {
  switch (value.type) {
    case Type::S:
      return value.text;
    case Type::N:
      return print(value.number);
    case Type::B:
      return to_base64(value.text);
    case Type::BOOL:
      return value.truth;
    case Type::NUL:
      return true;
    case Type::M:
      return to_json(value.map);
    default:
      return list_json(value);
  }
}

Value number_of(const std::string& text) {
  Value value = number_value(parse_decimal(text));
  if (print(value.number) != text) throw std::invalid_argument("number spelt as " + text);
  return value;
}

Value set_of(Type type, const Json& json) {
  std::vector<Value> elements;
  for (const Json& element : json) {
    elements.push_back(value_of(Json::object({{type_name(element_type(type)), element}})));
  }
  const std::size_t count = elements.size();
  Value value = set_value(std::move(elements));
  if (value.list.size() != count) throw std::invalid_argument("a set with duplicates");
  return value;
}

}  // namespace

const char* type_name(Type type) {
  return kNames[static_cast<std::size_t>(type)];
}

bool operator==(const Value& a, const Value& b) {
  return a.type == b.type && a.text == b.text && a.number == b.number && a.truth == b.truth &&
         a.list == b.list && a.map == b.map;
}

Value string_value(std::string text) {
  return {.type = Type::S, .text = std::move(text)};
}

Value binary_value(std::string bytes) {
  return {.type = Type::B, .text = std::move(bytes)};
}

Value number_value(Decimal number) {
  return {.type = Type::N, .number = std::move(number)};
}

Value set_value(std::vector<Value> elements) {
  const auto less = [](const Value& a, const Value& b) { return compare_scalars(a, b) < 0; };
  std::sort(elements.begin(), elements.end(), less);
  elements.erase(std::unique(elements.begin(), elements.end()), elements.end());
  const Type type = set_type(elements.at(0).type);
  return {.type = type, .list = std::move(elements)};
}

bool is_set(Type type) {
  return type == Type::SS || type == Type::NS || type == Type::BS;
}

std::strong_ordering compare_scalars(const Value& a, const Value& b) {
  if (a.type == Type::N) return compare(a.number, b.number);
  // std::string compares as memcmp does, which is the order of UTF-8 and of binary.
  return a.text.compare(b.text) <=> 0;
}

std::size_t size_of(const Value& value) {
  std::size_t size = value.type == Type::L || value.type == Type::M ? 3 : 0;
  switch (value.type) {
    case Type::S:
    case Type::B:
      return value.text.size();
    case Type::N:
      return size_of(value.number);
    case Type::BOOL:
    case Type::NUL:
      return 1;
    case Type::M:
      for (const auto& [name, element] : value.map) size += 1 + name.size() + size_of(element);
      return size;
    default:
      for (const Value& element : value.list) {
        size += size_of(element) + (value.type == Type::L ? 1 : 0);
      }
      return size;
  }
}

std::size_t size_of(const Item& item) {
  std::size_t size = 0;
  for (const auto& [name, value] : item) size += name.size() + size_of(value);
  return size;
}

int depth_of(const Value& value) {
  int deepest = 0;
  if (value.type == Type::L) {
    for (const Value& element : value.list) deepest = std::max(deepest, depth_of(element));
  }
  for (const auto& [name, element] : value.map) deepest = std::max(deepest, depth_of(element));
  return deepest + 1;
}

Json to_json(const Value& value) {
  return Json::object({{type_name(value.type), content_json(value)}});
}

Json to_json(const Item& item) {
  Json json = Json::object();
  for (const auto& [name, value] : item) json[name] = to_json(value);
  return json;
}

Value value_of(const Json& json) {
  if (!json.is_object() || json.size() != 1) throw std::invalid_argument("not a value");
  const Type type = type_of(json.begin().key());
  const Json& content = json.begin().value();
  Value value = {.type = type};
  switch (type) {
    case Type::S:
      return string_value(content.get<std::string>());
    case Type::N:
      return number_of(content.get<std::string>());
    case Type::B:
      return binary_value(from_base64(content.get<std::string>()));
    case Type::BOOL:
      value.truth = content.get<bool>();
      return value;
    case Type::NUL:
      return value;
    case Type::M:
      value.map = item_of(content);
      return value;
    case Type::L:
      for (const Json& element : content) value.list.push_back(value_of(element));
      return value;
    default:
      return set_of(type, content);
  }
}

Item item_of(const Json& json) {
  if (!json.is_object()) throw std::invalid_argument("not an item");
  Item item;
  for (const auto& [name, value] : json.items()) item[name] = value_of(value);
  return item;
}

}  // namespace stator::plain
