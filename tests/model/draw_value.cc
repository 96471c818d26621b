#include "draw_value.h"

#include <string_view>

namespace stator::plain {
namespace {

using namespace std::string_literals;

constexpr std::size_t kSortKeyBytesMax = 1024;
constexpr std::size_t kPartitionKeyBytesMax = 2048;
constexpr std::size_t kBulkBytesMax = 120'000;
constexpr int kDepthMax = 3;

// UTF-8 order is not UTF-16 order: U+FF5E comes before U+1F600, though 0xD83D is less than 0xFF5E.
const std::vector<std::string>& text_atoms() {
  static const std::vector<std::string> atoms = {
      "a", "b", "A", "\0"s, "\x01", "\x7f", "é", "\xEF\xBD\x9E", "😀", "\"", "\\", "/", "\n", "0"};
  return atoms;
}

const std::vector<std::string>& binary_atoms() {
  static const std::vector<std::string> atoms = {"\0"s,  "\x01", "a",   "\x7f",
                                                 "\x80", "\xfe", "\xff"};
  return atoms;
}

const std::vector<std::string>& numbers() {
  static const std::vector<std::string> texts = {"0",
                                                 "1",
                                                 "-1",
                                                 "2",
                                                 "10",
                                                 "100",
                                                 "1000",
                                                 "99",
                                                 "-99",
                                                 "0.1",
                                                 "0.01",
                                                 "-0.1",
                                                 "0.012",
                                                 "120",
                                                 "1.5",
                                                 "12.34",
                                                 "-12.3",
                                                 "123456789",
                                                 "1e125",
                                                 "-1e125",
                                                 "9.9e125",
                                                 "-9.9e125",
                                                 "1e-130",
                                                 "-1e-130",
                                                 "1e20",
                                                 "1e-20",
                                                 "12345678901234567890123456789012345678",
                                                 "12345678901234567890123456789012345677",
                                                 "123456788",
                                                 "12345678.9",
                                                 "-123456789",
                                                 "-123456788.5",
                                                 "-12345678901234567890123456789012345678",
                                                 "0.12345678901234567890123456789012345678",
                                                 "-99999999999999999999999999999999999999",
                                                 "99999999999999999999999999999999999999e88"};
  return texts;
}

}  // namespace

std::string ValueDraw::attribute_name() {
  static const std::vector<std::string> names = {"a",   "b",   "c2", "d",   "l",      "m",
                                                 "e f", "n.d", "\"", "\0"s, "status", "😀"};
  return random_.one_of(names);
}

std::string ValueDraw::member_name() {
  static const std::vector<std::string> names = {"x", "y", "a", "k\\v"};
  return random_.one_of(names);
}

std::string ValueDraw::text(Type type, std::size_t atoms) {
  std::string text;
  for (; atoms > 0; --atoms) {
    text += random_.one_of(type == Type::S ? text_atoms() : binary_atoms());
  }
  return text;
}

Value ValueDraw::partition_key(Type type) {
  if (type == Type::N) {
    static const std::vector<std::string> few = {"0", "-1", "0.1", "1e125", "1e-130"};
    return number_value(parse_decimal(random_.one_of(few)));
  }
  static const std::vector<std::string> strings = {"a", "a\0"s, "\0"s, "\"😀\\",
                                                   std::string(kPartitionKeyBytesMax, 'k')};
  static const std::vector<std::string> binaries = {"\0"s, "\0\0"s, "\xff", "\xff\xff\0"s, "a"};
  return {.type = type, .text = random_.one_of(type == Type::S ? strings : binaries)};
}

Value ValueDraw::sort_key(Type type) {
  if (type == Type::N) return scalar(Type::N);
  if (random_.chance(2)) {
    return {.type = type, .text = std::string(kSortKeyBytesMax, type == Type::S ? 'a' : '\xff')};
  }
  return {.type = type, .text = text(type, 1 + random_.below(2))};
}

Value ValueDraw::sort_key_prefix(Type type) {
  return {.type = type, .text = text(type, 1)};
}

KeyValues ValueDraw::key(const Table& table) {
  KeyValues key = {.partition = partition_key(table.partition.type), .sort = std::nullopt};
  if (table.sort) key.sort = sort_key(table.sort->type);
  return key;
}

Value ValueDraw::index_key(Type type) {
  if (type == Type::N) return partition_key(type);
  static const std::vector<std::size_t> lengths = {0, 600, 600, 600, 1024, 1025, 2048, 2049};
  if (random_.chance(3)) return {.type = type, .text = std::string(random_.one_of(lengths), 'i')};
  if (random_.chance(10)) return sort_key(type);
  static const std::vector<std::string> few = {"a", "a\0"s, "\0"s, "b"};
  return {.type = type, .text = random_.one_of(few)};
}

Type ValueDraw::scalar_type() {
  static const std::vector<Type> types = {Type::S, Type::N, Type::B};
  return random_.one_of(types);
}

Value ValueDraw::scalar(Type type) {
  if (type != Type::N) return {.type = type, .text = text(type, random_.below(4))};
  if (random_.chance(60)) return number_value(parse_decimal(random_.one_of(numbers())));
  return number_value(parse_decimal(std::to_string(random_.below(40)) + "e-1"));
}

Value ValueDraw::set() {
  const Type type = scalar_type();
  std::vector<Value> elements;
  for (std::size_t i = 1 + random_.below(4); i > 0; --i) elements.push_back(scalar(type));
  return set_value(std::move(elements));
}

Value ValueDraw::list_at(int depth) {
  Value value = {.type = Type::L};
  for (std::size_t i = random_.below(4); i > 0; --i) value.list.push_back(value_at(depth + 1));
  return value;
}

Value ValueDraw::map_at(int depth) {
  Value value = {.type = Type::M};
  for (std::size_t i = random_.below(4); i > 0; --i) {
    value.map[member_name()] = value_at(depth + 1);
  }
  return value;
}

Value ValueDraw::value_at(int depth) {
  const std::size_t choice = random_.below(depth < kDepthMax ? 20 : 12);
  if (choice < 8) return scalar(scalar_type());
  if (choice < 9) return {.type = Type::BOOL, .truth = random_.chance(50)};
  if (choice < 10) return {.type = Type::NUL};
  if (choice < 12) return set();
  return choice < 16 ? list_at(depth) : map_at(depth);
}

Value ValueDraw::bulk() {
  return string_value(std::string(random_.below(kBulkBytesMax), 'x'));
}

}  // namespace stator::plain
