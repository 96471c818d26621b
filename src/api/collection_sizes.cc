#include "api/collection_sizes.h"

#include "base/bytes.h"

namespace stator {
namespace {

std::int64_t stored_bytes(bool exists, std::size_t bytes) {
  return exists ? static_cast<std::int64_t>(bytes) + kStorageBytesPerRow : 0;
}

std::int64_t stored_bytes(const std::optional<ItemView>& item) {
  return stored_bytes(item.has_value(), item ? item->logical_size() : 0);
}

}  // namespace

std::int64_t collection_bytes(const WriteEffect& effect, const TableDefinition& table) {
  std::int64_t bytes = stored_bytes(effect.after) - stored_bytes(effect.before);
  for (const IndexWrite& write : effect.indexes) {
    if (table.indexes[write.position].kind == IndexKind::global) continue;
    bytes += stored_bytes(write.exists(), write.bytes_after) -
             stored_bytes(write.existed, write.bytes_before);
  }
  return bytes;
}

std::int64_t decode_collection_size(std::string_view row) {
  std::int64_t bytes = 0;
  if (row.size() == sizeof bytes) std::memcpy(&bytes, row.data(), sizeof bytes);
  return bytes;
}

Result<std::int64_t> CollectionSizes::stored(std::string_view key) const {
  std::string row;
  if (!TRY(store_.get(key, &row))) return 0;
  return decode_collection_size(row);
}

Result<std::int64_t> CollectionSizes::change(std::string_view key, std::int64_t bytes) {
  auto found = sizes_.find(key);
  if (found == sizes_.end()) {
    found = sizes_.emplace(key, Size{.bytes = TRY(stored(key))}).first;
  }
  const std::int64_t changed = found->second.bytes + bytes;
  if (bytes > 0 && changed > bytes_max_) {
    return Error(ErrorCode::item_collection_size_limit_exceeded, "Collection size exceeded.");
  }
  found->second.bytes = changed;
  return changed;
}

void CollectionSizes::append_rows(std::vector<RowWrite>* rows) {
  for (auto& [key, size] : sizes_) {
    size.row.resize(sizeof size.bytes);
    std::memcpy(size.row.data(), &size.bytes, sizeof size.bytes);
    rows->push_back({.key = key, .value = size.row, .erase = size.bytes == 0});
  }
}

}  // namespace stator
