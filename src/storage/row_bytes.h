// How many bytes the rows of a range take, and where half of them lie.
#pragma once

#include <cstdint>
#include <string>

#include "storage/store.h"

namespace stator {

// How they are known. Counted: every row is read, and the answer is exact. Estimated: the store
// says about where the rows lie (Store::approximate_bytes), however many there are; of rows that it
// has not yet put into a file this is a rough guess.
enum class BytesKnown : std::uint8_t { counted, estimated };

std::uint64_t range_bytes(const Store& store, const RowRange& range, BytesKnown known);

// The key of the row before which half of the range's bytes lie; empty where there is no row. An
// estimate costs a few seeks for each byte in which the keys around the middle differ.
std::string middle_row(const Store& store, const RowRange& range, BytesKnown known);

}  // namespace stator
