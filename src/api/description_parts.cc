#include "api/description_parts.h"

namespace stator {
namespace {

void write_key_element(std::string_view name, std::string_view type, JsonWriter* json) {
  json->element();
  json->begin_object();
  json->member("AttributeName", name);
  json->member("KeyType", type);
  json->end_object();
}

}  // namespace

std::string_view status_name(TableStatus status) {
  switch (status) {
    case TableStatus::active:
      return "ACTIVE";
    case TableStatus::creating:
      return "CREATING";
    case TableStatus::updating:
      return "UPDATING";
    case TableStatus::deleting:
      return "DELETING";
  }
  return "ACTIVE";
}

void write_time_member(std::string_view name, const std::optional<TimePoint>& time,
                       JsonWriter* json) {
  if (!time) return;
  json->member(name);
  json->time(*time);
}

void write_key_schema(const KeySchema& key, JsonWriter* json) {
  json->member("KeySchema");
  json->begin_array();
  for (const KeyAttribute& attribute : key.partition) {
    write_key_element(attribute.name, "HASH", json);
  }
  for (const KeyAttribute& attribute : key.sort) write_key_element(attribute.name, "RANGE", json);
  json->end_array();
}

void write_provisioned_throughput(const ProvisionedThroughput& throughput, TimePoint now,
                                  JsonWriter* json) {
  json->member("ProvisionedThroughput");
  json->begin_object();
  write_time_member("LastIncreaseDateTime", throughput.last_increase, json);
  write_time_member("LastDecreaseDateTime", throughput.last_decrease, json);
  json->integer_member("NumberOfDecreasesToday", throughput.decreases_at(now));
  json->integer_member("ReadCapacityUnits", throughput.read_units);
  json->integer_member("WriteCapacityUnits", throughput.write_units);
  json->end_object();
}

void write_on_demand_throughput(const std::optional<OnDemandMaximum>& maximum,
                                const UnitPair& requested, JsonWriter* json) {
  const OnDemandMaximum shown = maximum.value_or(OnDemandMaximum());
  const bool read = shown.read_units != -1 || requested.read == -1;
  const bool write = shown.write_units != -1 || requested.write == -1;
  if (!read && !write) return;
  json->member("OnDemandThroughput");
  json->begin_object();
  if (read) json->integer_member("MaxReadRequestUnits", shown.read_units);
  if (write) json->integer_member("MaxWriteRequestUnits", shown.write_units);
  json->end_object();
}

void write_warm_throughput(const WarmThroughput& warm, TableStatus status, JsonWriter* json) {
  json->member("WarmThroughput");
  json->begin_object();
  json->integer_member("ReadUnitsPerSecond", warm.read_units);
  json->integer_member("WriteUnitsPerSecond", warm.write_units);
  json->member("Status", status_name(status));
  json->end_object();
}

}  // namespace stator
