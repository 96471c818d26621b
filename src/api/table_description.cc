#include "api/table_description.h"

#include <algorithm>
#include <vector>

namespace stator {
namespace {

// AWS: what the storage of an item takes beside its names and values.
constexpr std::int64_t kStorageBytesPerItem = 100;

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

std::string_view billing_name(BillingMode billing) {
  return billing == BillingMode::pay_per_request ? "PAY_PER_REQUEST" : "PROVISIONED";
}

std::string_view class_name(TableClass table_class) {
  return table_class == TableClass::standard ? "STANDARD" : "STANDARD_INFREQUENT_ACCESS";
}

void write_time_member(std::string_view name, const std::optional<TimePoint>& time,
                       JsonWriter* json) {
  if (!time) return;
  json->member(name);
  json->time(*time);
}

void write_attribute_definitions(const KeySchema& key, JsonWriter* json) {
  std::vector<const KeyAttribute*> attributes;
  for (const KeyAttribute& attribute : key.partition) attributes.push_back(&attribute);
  for (const KeyAttribute& attribute : key.sort) attributes.push_back(&attribute);
  std::sort(attributes.begin(), attributes.end(),
            [](const KeyAttribute* a, const KeyAttribute* b) { return a->name < b->name; });
  json->member("AttributeDefinitions");
  json->begin_array();
  for (const KeyAttribute* attribute : attributes) {
    json->element();
    json->begin_object();
    json->member("AttributeName", attribute->name);
    json->member("AttributeType", type_name(attribute->type));
    json->end_object();
  }
  json->end_array();
}

void write_key_element(std::string_view name, std::string_view type, JsonWriter* json) {
  json->element();
  json->begin_object();
  json->member("AttributeName", name);
  json->member("KeyType", type);
  json->end_object();
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

void write_provisioned_throughput(const TableDescriptionView& table, JsonWriter* json) {
  const ProvisionedThroughput& throughput = table.definition.throughput;
  json->member("ProvisionedThroughput");
  json->begin_object();
  write_time_member("LastIncreaseDateTime", throughput.last_increase, json);
  write_time_member("LastDecreaseDateTime", throughput.last_decrease, json);
  json->integer_member("NumberOfDecreasesToday", throughput.decreases_at(table.now));
  json->integer_member("ReadCapacityUnits", throughput.read_units);
  json->integer_member("WriteCapacityUnits", throughput.write_units);
  json->end_object();
}

// Only of a table that has ever been on demand; CreateTable's reply knows no time of change yet.
void write_billing_mode_summary(const TableDescriptionView& table, JsonWriter* json) {
  if (!table.definition.last_pay_per_request) return;
  json->member("BillingModeSummary");
  json->begin_object();
  json->member("BillingMode", billing_name(table.definition.billing));
  if (table.status != TableStatus::creating) {
    write_time_member("LastUpdateToPayPerRequestDateTime", table.definition.last_pay_per_request,
                      json);
  }
  json->end_object();
}

void write_table_class_summary(const TableDefinition& table, JsonWriter* json) {
  if (!table.table_class) return;
  json->member("TableClassSummary");
  json->begin_object();
  json->member("TableClass", class_name(*table.table_class));
  write_time_member("LastUpdateDateTime", table.table_class_updated, json);
  json->end_object();
}

void write_on_demand_throughput(const TableDescriptionView& table, JsonWriter* json) {
  const OnDemandMaximum maximum = table.definition.on_demand_maximum.value_or(OnDemandMaximum());
  const bool read = maximum.read_units != -1 || table.requested_maximum.read == -1;
  const bool write = maximum.write_units != -1 || table.requested_maximum.write == -1;
  if (!read && !write) return;
  json->member("OnDemandThroughput");
  json->begin_object();
  if (read) json->integer_member("MaxReadRequestUnits", maximum.read_units);
  if (write) json->integer_member("MaxWriteRequestUnits", maximum.write_units);
  json->end_object();
}

void write_warm_throughput(const TableDescriptionView& table, JsonWriter* json) {
  json->member("WarmThroughput");
  json->begin_object();
  json->integer_member("ReadUnitsPerSecond", table.definition.warm.read_units);
  json->integer_member("WriteUnitsPerSecond", table.definition.warm.write_units);
  json->member("Status", status_name(table.warm_status));
  json->end_object();
}

}  // namespace

TableDescriptionView describe(const Table& table, TableStatus status, std::string_view region,
                              TimePoint now) {
  const std::int64_t items = table.statistics->items.load();
  return {.definition = table.definition,
          .status = status,
          .region = region,
          .now = now,
          .items = items,
          .bytes = table.statistics->bytes.load() + items * kStorageBytesPerItem,
          .warm_status = TableStatus::active,
          .requested_maximum = {}};
}

void write_table_description(const TableDescriptionView& table, JsonWriter* json) {
  const TableDefinition& definition = table.definition;
  json->begin_object();
  // AWS leaves out of DeleteTable's reply what the table was made of.
  if (table.status != TableStatus::deleting) {
    write_attribute_definitions(definition.key, json);
    write_key_schema(definition.key, json);
    write_time_member("CreationDateTime", definition.created, json);
  }
  json->member("TableName", definition.name);
  json->member("TableStatus", status_name(table.status));
  json->member("TableArn", table_arn(table.region, definition.name));
  json->member("TableId", definition.table_id);
  json->integer_member("ItemCount", table.items);
  json->integer_member("TableSizeBytes", table.bytes);
  write_provisioned_throughput(table, json);
  write_billing_mode_summary(table, json);
  write_table_class_summary(definition, json);
  write_on_demand_throughput(table, json);
  write_warm_throughput(table, json);
  json->member("DeletionProtectionEnabled");
  json->boolean(definition.deletion_protection);
  json->end_object();
}

}  // namespace stator
