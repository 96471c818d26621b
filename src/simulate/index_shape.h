// How a table or an index sees the items of a simulated table: which have a row there, under which
// key, of which size, and what a write costs; the rules of api/index_writes.h over numbers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "capacity/resource_capacity.h"
#include "model/table.h"
#include "simulate/item_shape.h"

namespace stator {

// What a write costs an index: units under the key that goes, and under the one that is written.
struct EntryUnits {
  double erased = 0;
  double put = 0;
};

// A value; refers to the shape of the items, which outlives it. Never fails.
class IndexShape {
 public:
  IndexShape(const TableDefinition& table, const IndexDefinition& index, const ItemShape& items);

  const std::string& name() const { return name_; }
  bool is_global() const { return kind_ == IndexKind::global; }

  bool has_entry(const ItemState& item) const;
  // Of an item that has one.
  std::size_t entry_bytes(const ItemState& item) const;

  EntryUnits units(const ItemState& before, const ItemState& after) const;

  // Appends the position of the item's entry (model/partition_map.h), without the table's key.
  // Returns its place, which refers to `out`.
  CapacityPlace append_place(const ItemState& item, std::string* out) const;

  // The attribute whose value names the item's collection; nullopt where there are several.
  std::optional<std::size_t> collection_attribute() const;

 private:
  bool has_all(const std::vector<std::size_t>& attributes, const ItemState& item) const;
  bool is_same(const std::vector<std::size_t>& attributes, const ItemState& a,
               const ItemState& b) const;

  const ItemShape* items_;
  std::string name_;
  IndexKind kind_;
  std::vector<std::size_t> partition_;  // attributes of the items, by their place there
  std::vector<std::size_t> sort_;
  std::vector<std::size_t> projected_;
  bool projects_all_;
  bool projects_data_;
};

// Appends the position of a row whose key has these attributes, and returns its place.
CapacityPlace append_place_of(const ItemShape& items, const std::vector<std::size_t>& partition,
                              const std::vector<std::size_t>& sort, const ItemState& item,
                              std::string* out);

}  // namespace stator
