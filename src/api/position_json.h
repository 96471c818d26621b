// Positions of keys (model/partition_map.h) as a person reads them.
#pragma once

#include <string_view>

#include "api/json_writer.h"
#include "model/table.h"

namespace stator {

// {"pk":{"S":"a"},"sk":{"N":"1"}}: as many of the key's attributes as the position has.
//   position  at least the bytes of a hash
void write_position_key(std::string_view position, const KeySchema& key, JsonWriter* json);

// "00c0ffee00c0ffee"
void write_hash(std::uint64_t hash, JsonWriter* json);

}  // namespace stator
