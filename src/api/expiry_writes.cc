#include "api/expiry_writes.h"

#include <string>

#include "storage/expiry_row.h"

namespace stator {
namespace {

std::optional<TimePoint> time_of(const TableDefinition& table,
                                 const std::optional<ItemView>& item) {
  return item ? expiry_time(*table.time_to_live, item->attributes()) : std::nullopt;
}

}  // namespace

bool has_expired(const TableDefinition& table, const ExpiryWindow& window,
                 const std::optional<ItemView>& stored) {
  const auto expires = table.time_to_live ? time_of(table, stored) : std::nullopt;
  return expires && *expires >= window.first && *expires < window.end;
}

ExpiryWrite decide_expiry_write(const TableDefinition& table, std::string_view row_key,
                                const std::optional<ItemView>& before,
                                const std::optional<ItemView>& after, Arena* arena) {
  const auto expired = time_of(table, before);
  const auto expires = time_of(table, after);
  ExpiryWrite write;
  // As long as rows are still made an item that is not changed may lack its own.
  if (expired == expires && table.time_to_live->built) return write;
  const auto key_at = [&](TimePoint time) {
    std::string key;
    append_expiry_key(table.time_to_live->keyspace, time, row_key, &key);
    return arena->copy(key);
  };
  if (expired && expired != expires) write.erased = key_at(*expired);
  if (expires) {
    write.put = key_at(*expires);
    write.expires = *expires;
  }
  return write;
}

void append_expiry_rows(const ExpiryWrite& write, std::vector<RowWrite>* rows) {
  if (!write.erased.empty()) rows->push_back({.key = write.erased, .value = {}, .erase = true});
  if (!write.put.empty()) rows->push_back({.key = write.put, .value = {}});
}

}  // namespace stator
