// Items as readable text, and the placeholders of a request, for the tests of this folder.
//
//   {a: 1, s: "x", l: [true, null], m: {k: b"\x01"}, ss: <"a", "b">, ns: <1, 2>, bs: <b"x">}
#pragma once

#include <deque>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/arena.h"
#include "expression/placeholders.h"
#include "model/item.h"
#include "model/value.h"

namespace stator::testing_support {

// The bytes of the value that `text` writes.
std::string value_bytes_of(std::string_view text);

// The bytes of an item.
std::string item_bytes_of(std::string_view text);

// The inverse, with one space after each ',' and ':'.
std::string show(ValueView value);
std::string show(const MapView& attributes);

std::string concat(std::initializer_list<std::string_view> parts);

// 'Syntax error; token: "AND", near: "a AND ="'
std::string syntax(std::string_view token, std::string_view near);

// One request: its arena, and the placeholders of its expressions.
class Request {
 public:
  Request() = default;
  Request(std::vector<std::pair<std::string, std::string>> names,
          std::vector<std::pair<std::string, std::string>> values);

  Placeholders placeholders;
  Arena arena;

 private:
  std::deque<std::string> texts_;
};

}  // namespace stator::testing_support
