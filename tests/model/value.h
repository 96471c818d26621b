// Attribute values and items as plain trees, with their own comparison, size and JSON.
#pragma once

#include <compare>
#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "decimal.h"

namespace stator::plain {

using Json = nlohmann::json;

enum class Type { S, N, B, BOOL, NUL, SS, NS, BS, L, M };

// "S" .. "NULL" .. "M"
const char* type_name(Type type);

// A value; what does not belong to its type is empty.
struct Value {
  Type type = Type::NUL;
  std::string text = {};                  // S; B: the bytes
  Decimal number = {};                    // N
  bool truth = false;                     // BOOL
  std::vector<Value> list = {};           // L; SS, NS and BS: scalars, sorted and distinct
  std::map<std::string, Value> map = {};  // M
};

using Item = std::map<std::string, Value>;

bool operator==(const Value& a, const Value& b);

Value string_value(std::string text);
Value binary_value(std::string bytes);
Value number_value(Decimal number);
// Sorts the elements and drops duplicates; there is at least one.
Value set_value(std::vector<Value> elements);

bool is_set(Type type);

// Of two values of one type among S, N and B.
std::strong_ordering compare_scalars(const Value& a, const Value& b);

// The bytes that DynamoDB bills.
std::size_t size_of(const Value& value);
std::size_t size_of(const Item& item);

// The lists and maps around the deepest leaf, and the leaf.
int depth_of(const Value& value);

Json to_json(const Value& value);
Json to_json(const Item& item);

// Reads what a reply says; numbers must have the spelling of replies.
//   errors  throws std::exception
Value value_of(const Json& json);
Item item_of(const Json& json);

}  // namespace stator::plain
