#include "definitions.h"

namespace stator::plain {
namespace {

constexpr int kProvisionedUnits = 5;

Json throughput() {
  return {{"ReadCapacityUnits", kProvisionedUnits}, {"WriteCapacityUnits", kProvisionedUnits}};
}

Json element_of(const KeyAttribute& key, const char* type) {
  return {{"AttributeName", key.name}, {"KeyType", type}};
}

const char* member_of(const Index& index) {
  return index.kind == IndexKind::local ? "LocalSecondaryIndexes" : "GlobalSecondaryIndexes";
}

}  // namespace

bool is_on_demand(const Table& table) {
  return table.partitions == kOnDemandPartitions;
}

Json schema_of(const Table& table) {
  Json schema = Json::array({element_of(table.partition, "HASH")});
  if (table.sort) schema.push_back(element_of(*table.sort, "RANGE"));
  return schema;
}

Json schema_of(const Index& index) {
  Json schema = Json::array();
  for (const KeyAttribute& key : index.partition) schema.push_back(element_of(key, "HASH"));
  for (const KeyAttribute& key : index.sort) schema.push_back(element_of(key, "RANGE"));
  return schema;
}

Json definitions_of(const Table& table) {
  Json definitions = Json::array();
  for (const auto& [name, type] : table.all_keys()) {
    definitions.push_back({{"AttributeName", name}, {"AttributeType", type_name(type)}});
  }
  return definitions;
}

Json projection_of(const Index& index) {
  if (index.projected == Projected::all) return {{"ProjectionType", "ALL"}};
  if (index.projected == Projected::keys_only) return {{"ProjectionType", "KEYS_ONLY"}};
  return {{"ProjectionType", "INCLUDE"}, {"NonKeyAttributes", index.included}};
}

Json request_of(const Table& table, const Index& index) {
  Json request = {{"IndexName", index.name},
                  {"KeySchema", schema_of(index)},
                  {"Projection", projection_of(index)}};
  const bool has_throughput = index.kind == IndexKind::global && !is_on_demand(table);
  if (has_throughput) request["ProvisionedThroughput"] = throughput();
  return request;
}

Json request_of(const std::string& name, const Table& table) {
  Json request = {{"TableName", name},
                  {"KeySchema", schema_of(table)},
                  {"AttributeDefinitions", definitions_of(table)},
                  {"BillingMode", is_on_demand(table) ? "PAY_PER_REQUEST" : "PROVISIONED"}};
  if (!is_on_demand(table)) request["ProvisionedThroughput"] = throughput();
  for (const Index& index : table.indexes) {
    request[member_of(index)].push_back(request_of(table, index));
  }
  return request;
}

}  // namespace stator::plain
