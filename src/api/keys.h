// Primary keys of requests: held against the table's key schema, then turned into row keys.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/item.h"
#include "model/table.h"

namespace stator {

// The key attributes of an item that is to be put.
//   errors  validation: a key attribute is missing, of another type, empty or too long; each named
Result<void> check_key_in_item(const KeySchema& schema, const MapView& item);

// A Key: exactly the key attributes.
//   errors  validation: "The provided key element does not match the schema" for anything missing,
//           superfluous or of another type; then empty or too long
Result<void> check_key(const KeySchema& schema, const MapView& key);

// The first part of check_key: names and types alone.
Result<void> check_key_shape(const KeySchema& schema, const MapView& key);

// The second part: values of key attributes that are there and of the right type.
Result<void> check_key_values(const KeySchema& schema, const MapView& key);

// "string" or "binary", as errors call an empty key value.
std::string_view empty_word(AttributeType type);

// Of an index key, which may not be empty: validation.
Error empty_index_key(std::string_view index, const KeyAttribute& attribute);

// Empty or too long values of key attributes of the right type.
Result<void> check_key_value(const KeyAttribute& attribute, bool is_partition_key, ValueView value);

// Appends an item that holds just the key attributes of `item`: those of the table, and those of
// the index where there is one.
ItemView append_key_of(const TableDefinition& table, const IndexDefinition* index,
                       const MapView& item, std::string* out);

// Whether the attribute belongs to the key of the table or of the index, where there is one.
bool is_key_attribute(const TableDefinition& table, const IndexDefinition* index,
                      std::string_view name);

}  // namespace stator
