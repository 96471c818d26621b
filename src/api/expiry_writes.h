// What the write of an item does to the row that says when it expires.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "model/item.h"
#include "model/table.h"
#include "storage/store.h"

namespace stator {

// The times at which an item must have expired to be deleted: [first, end).
struct ExpiryWindow {
  TimePoint first{};
  TimePoint end{};
};

// Keys of rows, in the request's arena; empty: none.
struct ExpiryWrite {
  std::string_view erased;
  std::string_view put;
  TimePoint expires{};  // of what is put
};

// Whether the stored item expires within the window.
bool has_expired(const TableDefinition& table, const ExpiryWindow& window,
                 const std::optional<ItemView>& stored);

// Pure. Of a table that has expiry rows.
ExpiryWrite decide_expiry_write(const TableDefinition& table, std::string_view row_key,
                                const std::optional<ItemView>& before,
                                const std::optional<ItemView>& after, Arena* arena);

void append_expiry_rows(const ExpiryWrite& write, std::vector<RowWrite>* rows);

}  // namespace stator
