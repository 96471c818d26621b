// A document path: an attribute's name, then map keys and list indexes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/value.h"

namespace stator {

// A map key or a list index; the first of a path is the attribute's name.
struct PathElement {
  std::string_view name = {};  // when it is a key
  std::uint32_t index = 0;     // when it is an index
  bool is_index = false;
  bool operator==(const PathElement&) const = default;
};

// Indexes before keys, indexes by number, keys by bytes: the order of lists and of stored maps.
bool operator<(const PathElement& a, const PathElement& b);

// Placeholders replaced; at least one element. The elements live in the request's arena.
struct DocumentPath {
  std::span<const PathElement> elements;

  std::string_view attribute() const { return elements.front().name; }
};

bool operator==(const DocumentPath& a, const DocumentPath& b);

// Element by element: a path stands right before all those that it is a prefix of.
bool operator<(const DocumentPath& a, const DocumentPath& b);

// The value at `path`, or nothing when a step is missing or of the wrong kind.
std::optional<ValueView> find(const MapView& attributes, const DocumentPath& path);

// As errors print it: "[a, b, [1]]".
std::string to_string(const DocumentPath& path);

}  // namespace stator
