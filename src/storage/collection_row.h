// The row that keeps how large an item collection of a table with local indexes is.
//
//   row := key of the collection in TableDefinition::collections_keyspace -> bytes:u64le
//
// A collection without items has none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace stator {

// AWS: what the storage of an item or an index entry takes beside its names and values.
inline constexpr std::int64_t kStorageBytesPerRow = 100;

// What an item, or its entry in a local index, adds to its collection.
//   logical_bytes  ItemView::logical_size
inline std::int64_t stored_bytes(std::size_t logical_bytes) {
  return static_cast<std::int64_t>(logical_bytes) + kStorageBytesPerRow;
}

std::string encode_collection_size(std::int64_t bytes);

// The inverse; 0 for no row.
std::int64_t decode_collection_size(std::string_view row);

}  // namespace stator
