// What a request asks its reply to tell, and how the reply tells it.
#pragma once

#include <optional>
#include <string_view>

#include "api/constraint_errors.h"
#include "api/json_writer.h"

namespace stator {

enum class ReturnConsumedCapacity { none, total, indexes };

// Adds AWS's error to `errors` when it is none of its words.
void check_consumed_capacity(const std::optional<std::string_view>& text, ConstraintErrors* errors);
void check_item_collection_metrics(const std::optional<std::string_view>& text,
                                   ConstraintErrors* errors);

// Of a text that passed the check.
ReturnConsumedCapacity parse_consumed_capacity(const std::optional<std::string_view>& text);

// {"TableName": .., "CapacityUnits": ..}, with the arms under `indexes`; the value of a member or
// an element.
//   table  as the request named it
void write_consumed_capacity(ReturnConsumedCapacity detail, std::string_view table, double units,
                             JsonWriter* json);

// The member "ConsumedCapacity" of a reply, or nothing.
void write_consumed_capacity_member(ReturnConsumedCapacity detail, std::string_view table,
                                    double units, JsonWriter* json);

}  // namespace stator
