// What the descriptions of tables and of indexes have in common. Each appends a member.
#pragma once

#include <optional>
#include <string_view>

#include "api/json_writer.h"
#include "api/request/shape_reader.h"
#include "model/table.h"

namespace stator {

// "ACTIVE"
std::string_view status_name(TableStatus status);

// Only if there is a time.
void write_time_member(std::string_view name, const std::optional<TimePoint>& time,
                       JsonWriter* json);

void write_key_schema(const KeySchema& key, JsonWriter* json);

void write_provisioned_throughput(const ProvisionedThroughput& throughput, TimePoint now,
                                  JsonWriter* json);

// Only if a maximum is set, or was removed just now.
//   requested  what an UpdateTable asked for: AWS's reply shows those that it removed as -1
void write_on_demand_throughput(const std::optional<OnDemandMaximum>& maximum,
                                const UnitPair& requested, JsonWriter* json);

void write_warm_throughput(const WarmThroughput& warm, TableStatus status, JsonWriter* json);

}  // namespace stator
