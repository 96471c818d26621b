// What a request asks its reply to tell, and how the reply tells it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "api/json_writer.h"
#include "capacity/consumption.h"
#include "model/item.h"
#include "model/table.h"

namespace stator {

enum class ReturnConsumedCapacity { none, total, indexes };

// What transactions tell beside CapacityUnits, which is the same again: what kind of units they
// are.
enum class UnitsKind { untold, read, write };

// Of a text that passed the check.
ReturnConsumedCapacity parse_consumed_capacity(const std::optional<std::string_view>& text);

// {"TableName": .., "CapacityUnits": ..}, with the arms under `indexes`; the value of a member or
// an element.
//   table  as the request named it
void write_consumed_capacity(ReturnConsumedCapacity detail, std::string_view table,
                             const Consumption& consumed, JsonWriter* json,
                             UnitsKind kind = UnitsKind::untold);

// The member "ConsumedCapacity" of a reply, or nothing.
void write_consumed_capacity_member(ReturnConsumedCapacity detail, std::string_view table,
                                    const Consumption& consumed, JsonWriter* json);

// Whether a request asks how large the item collection is.
bool wants_collection_metrics(const std::optional<std::string_view>& text);

// {"ItemCollectionKey": .., "SizeEstimateRangeGB": [..]}, the value of a member or an element.
//   item   has the key of the collection
//   bytes  of storage
void write_collection_metrics(const KeySchema& table_key, const MapView& item, std::int64_t bytes,
                              JsonWriter* json);

}  // namespace stator
