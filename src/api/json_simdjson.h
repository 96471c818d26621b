// What the two readers of JSON share of simdjson. Included by src/api/*_reader.cc only.
#pragma once

// Without its exceptions, what could throw does not compile.
#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

#include <cstddef>
#include <new>

#include "api/json_reader.h"

namespace stator {

namespace ondemand = simdjson::ondemand;

// simdjson's small iterators live in the opaque bytes of our types; they have no destructors.
template <typename T, std::size_t Size>
T& as(std::byte (&bytes)[Size]) {
  static_assert(sizeof(T) <= Size && alignof(T) <= 8);
  return *std::launder(reinterpret_cast<T*>(bytes));
}

template <typename T, std::size_t Size>
void put(const T& value, std::byte (&bytes)[Size]) {
  static_assert(sizeof(T) <= Size && alignof(T) <= 8);
  new (bytes) T(value);
}

// Reads over a value, checking it; below kCheckedLevels the brackets alone are checked.
Result<void> skip_checked(ondemand::value value, int levels);

// "NUMBER_VALUE", "DECIMAL_VALUE", "TRUE_VALUE", "FALSE_VALUE" or "STRING_VALUE".
Result<std::string_view> scalar_name(ondemand::value value, JsonKind kind);

Result<JsonKind> kind_of(ondemand::value value);

// Reads a value that starts as null does.
Result<void> read_null(ondemand::value value);

// A string, or the error of something else where AWS wants one of `java_class` ("String").
Result<std::string_view> read_string(ondemand::value value);

inline constexpr int kCheckedLevels = 64;

}  // namespace stator
