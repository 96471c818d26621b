// Primary keys of requests: held against the table's key schema, then turned into row keys.
#pragma once

#include <string>

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

// Empty or too long values of key attributes of the right type.
Result<void> check_key_value(const KeyAttribute& attribute, bool is_partition_key, ValueView value);

// Appends the row key of a checked key or item.
void append_row_key(const TableDefinition& table, const MapView& key, std::string* out);

// Appends an item that holds just the key attributes of `item`.
ItemView append_key_of(const KeySchema& schema, const MapView& item, std::string* out);

}  // namespace stator
