// What an operation costs: read and write units of the bytes that it touches.
//
// Source: AWS developer guide, "DynamoDB read and write operations".
#pragma once

#include <cstddef>

namespace stator {

inline constexpr std::size_t kReadUnitBytes = 4096;
inline constexpr std::size_t kWriteUnitBytes = 1024;

// Of an eventually consistent read: half of a consistent one.
enum class Consistency { eventual, strong };

// Read units of `bytes` that are rounded up together; what is missing costs the minimum.
double read_units(std::size_t bytes, Consistency consistency);

// Write units of the larger of the item before and after; both 0 for what was not there.
double write_units(std::size_t bytes_before, std::size_t bytes_after);

}  // namespace stator
