#include "functions/store_rows.h"

#include "storage/row_key.h"

namespace stator {
namespace {

std::string store_key(std::string_view key) {
  return keyspace_start(0).append("F").append(key);
}

}  // namespace

Result<void> StoreFunctionRows::commit(std::span<const FunctionRow> rows) {
  if (rows.empty()) return {};
  std::vector<std::string> keys;
  for (const FunctionRow& row : rows) keys.push_back(store_key(row.key));
  std::vector<RowWrite> writes;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    writes.push_back({.key = keys[i], .value = rows[i].value, .erase = rows[i].erase});
  }
  return store_.commit(writes);
}

Result<std::vector<FunctionRow>> StoreFunctionRows::scan(std::string_view prefix) const {
  std::vector<FunctionRow> found;
  const std::string first = store_key(prefix);
  RowCursor rows = store_.scan({.first = first, .end = after_prefix(first)});
  for (; rows.valid(); rows.next()) {
    found.push_back({.key = std::string(rows.key().substr(first.size() - prefix.size())),
                     .value = std::string(rows.value())});
  }
  TRY(rows.finished());
  return found;
}

}  // namespace stator
