// What the write of an item does to the indexes of its table.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/result.h"
#include "capacity/consumption.h"
#include "expression/document_path.h"
#include "model/item.h"
#include "model/table.h"

namespace stator {

// The rows of one index that a write changes. The views live in the request's arena, or are those
// of the items.
struct IndexWrite {
  std::size_t position = 0;  // in TableDefinition::indexes
  std::string_view erased;   // the row key that goes; empty: none
  std::string_view put;      // the row key that is written; empty: none
  std::string_view entry;    // what is written there
  bool existed = false;      // whether the item had an entry before
  std::size_t bytes_before = 0;
  std::size_t bytes_after = 0;
  double erased_units = 0;  // of the row that goes
  double put_units = 0;     // of the row that is written

  double units() const { return erased_units + put_units; }
  bool exists() const { return !put.empty(); }
};

// Pure. Appends a write for each index whose rows change, and adds its units.
void decide_index_writes(const TableDefinition& table, const std::optional<ItemView>& before,
                         const std::optional<ItemView>& after, Arena* arena,
                         std::vector<IndexWrite>* writes, Consumption* units);

// An item that is put.
//   errors  validation: an index key attribute of another type, empty or too long, in a text that
//           names attribute and index; too large together with its entries in local indexes
Result<void> check_item_for_indexes(const TableDefinition& table, ItemView item);

// Those that an update has written or changed, in AWS's words for updates.
//   targets  of the update
//   before   the item before it; empty when there was none
Result<void> check_updated_index_keys(const TableDefinition& table,
                                      std::span<const DocumentPath> targets, const MapView& before,
                                      const MapView& after);

// Bytes of the item and its entries in local indexes together, which share the limit of an item.
std::size_t size_with_local_entries(const TableDefinition& table, const ItemView& item);

}  // namespace stator
