// The rows of a secondary index: which items have one, under which key, with what in it.
#pragma once

#include <string>

#include "model/item.h"
#include "model/table.h"

namespace stator {

// Whether an item with these attributes has a row: every key attribute of the index is there, has
// its type and a size that a key may have.
bool belongs_to_index(const IndexDefinition& index, const MapView& item);

// Whether a value can be that of a key attribute of an index.
bool is_index_key_value(const KeyAttribute& attribute, ValueView value);

// Appends the row key of an item of the table itself.
void append_table_row_key(const TableDefinition& table, const MapView& item, std::string* out);

// Appends the row key of an item that belongs to the index.
void append_index_row_key(const TableDefinition& table, const IndexDefinition& index,
                          const MapView& item, std::string* out);

// What an index holds of an item: all of it, or a part that is appended to `out`; good as long as
// the item and until the buffer changes.
ItemView index_entry(const TableDefinition& table, const IndexDefinition& index, ItemView item,
                     std::string* out);

// Appends the part of an item that an index without all attributes holds. The view is good until
// the buffer changes.
ItemView append_index_entry(const TableDefinition& table, const IndexDefinition& index,
                            const MapView& item, std::string* out);

// Appends what the rows of an item collection have in common, in any keyspace with the table's
// partition key: the table's own, a local index's, that of collection sizes.
void append_collection_key(const TableDefinition& table, std::uint32_t keyspace,
                           const MapView& item, std::string* out);

}  // namespace stator
