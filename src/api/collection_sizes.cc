#include "api/collection_sizes.h"

#include "storage/collection_row.h"

namespace stator {
namespace {

std::int64_t stored_bytes_if(bool exists, std::size_t bytes) {
  return exists ? stored_bytes(bytes) : 0;
}

std::int64_t stored_bytes_of(const std::optional<ItemView>& item) {
  return item ? stored_bytes(item->logical_size()) : 0;
}

}  // namespace

std::int64_t collection_bytes(const WriteEffect& effect, const TableDefinition& table) {
  std::int64_t bytes = stored_bytes_of(effect.after) - stored_bytes_of(effect.before);
  for (const IndexWrite& write : effect.indexes) {
    if (table.indexes[write.position].kind == IndexKind::global) continue;
    bytes += stored_bytes_if(write.exists(), write.bytes_after) -
             stored_bytes_if(write.existed, write.bytes_before);
  }
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
    size.row = encode_collection_size(size.bytes);
    rows->push_back({.key = key, .value = size.row, .erase = size.bytes == 0});
  }
}

}  // namespace stator
