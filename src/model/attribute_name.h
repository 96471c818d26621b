// The names that attributes may have.
#pragma once

#include <string_view>

#include "base/limits.h"

namespace stator {

// What AWS says of a name that no attribute may have; empty where it may.
inline std::string_view attribute_name_fault(std::string_view name) {
  if (name.empty()) return "Empty attribute name";
  if (name.size() <= kAttributeNameBytesMax) return {};
  return "Attribute name is too large, must be less than 65536 bytes";
}

}  // namespace stator
