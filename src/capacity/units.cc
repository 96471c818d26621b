#include "capacity/units.h"

#include <algorithm>

namespace stator {
namespace {

// Blocks of `block_bytes`, the last one counted whole; at least one.
double blocks(std::size_t bytes, std::size_t block_bytes) {
  return static_cast<double>((std::max<std::size_t>(bytes, 1) + block_bytes - 1) / block_bytes);
}

}  // namespace

double read_units(std::size_t bytes, Consistency consistency) {
  return blocks(bytes, kReadUnitBytes) * (consistency == Consistency::strong ? 1.0 : 0.5);
}

double write_units(std::size_t bytes_before, std::size_t bytes_after) {
  return blocks(std::max(bytes_before, bytes_after), kWriteUnitBytes);
}

}  // namespace stator
