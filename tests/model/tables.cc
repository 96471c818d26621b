// The life cycle of tables.
#include <array>

#include "expect.h"
#include "operations.h"

namespace stator::plain {
namespace {

constexpr std::array<const char*, 3> kNames = {"a", "b.2", "c_3"};
constexpr unsigned kOnDemandPartitions = 4;

std::string any_name(World* world) {
  return world->prefix + kNames[world->random.below(kNames.size())];
}

Table draw_table(World* world) {
  static const std::vector<std::string> partition_names = {"pk", "name", "k\" 1"};
  static const std::vector<std::string> sort_names = {"sk", "range", "😀.2"};
  Table table = {.partition = {world->random.one_of(partition_names), world->values.scalar_type()},
                 .sort = std::nullopt};
  if (world->random.chance(80)) {
    table.sort = KeyAttribute{world->random.one_of(sort_names), world->values.scalar_type()};
  }
  if (world->random.chance(50)) table.partitions = kOnDemandPartitions;
  return table;
}

Json schema_of(const Table& table) {
  Json schema = Json::array({{{"AttributeName", table.partition.name}, {"KeyType", "HASH"}}});
  if (table.sort) {
    schema.push_back({{"AttributeName", table.sort->name}, {"KeyType", "RANGE"}});
  }
  return schema;
}

Json definition_of(const KeyAttribute& key) {
  return {{"AttributeName", key.name}, {"AttributeType", type_name(key.type)}};
}

Json request_of(const std::string& name, const Table& table) {
  Json request = {{"TableName", name},
                  {"KeySchema", schema_of(table)},
                  {"AttributeDefinitions", Json::array({definition_of(table.partition)})},
                  {"BillingMode", "PAY_PER_REQUEST"}};
  if (table.sort) request["AttributeDefinitions"].push_back(definition_of(*table.sort));
  if (table.partitions == kOnDemandPartitions) return request;
  request["BillingMode"] = "PROVISIONED";
  request["ProvisionedThroughput"] = {{"ReadCapacityUnits", 5}, {"WriteCapacityUnits", 5}};
  return request;
}

}  // namespace

void create_table(World* world) {
  const std::string name = any_name(world);
  const Table table = draw_table(world);
  Answer answer = world->call("CreateTable", request_of(name, table));
  if (world->tables.contains(name)) return expect_error(answer, "ResourceInUseException");
  const Json description = Success(std::move(answer)).take("TableDescription");
  expect(description.value("TableName", "") == name, "expected the table's name");
  world->tables.emplace(name, table);
}

void delete_table(World* world) {
  const std::string name = any_name(world);
  if (world->tables.size() == 1 && world->tables.contains(name)) return;
  Answer answer = world->call("DeleteTable", {{"TableName", name}});
  if (!world->tables.contains(name)) return expect_error(answer, "ResourceNotFoundException");
  Success(std::move(answer)).take("TableDescription");
  world->tables.erase(name);
}

void describe_tables(World* world) {
  Success list(world->call("ListTables", Json::object()));
  std::vector<std::string> expected;
  for (const auto& [name, table] : world->tables) expected.push_back(name);
  std::vector<std::string> found;
  for (const Json& name : list.take("TableNames")) {
    if (name.get<std::string>().starts_with(world->prefix)) found.push_back(name);
  }
  expect(found == expected, "expected TableNames " + Json(expected).dump());
  for (const auto& [name, table] : world->tables) {
    const Json description =
        Success(world->call("DescribeTable", {{"TableName", name}})).take("Table");
    expect(description.value("TableStatus", "") == "ACTIVE", "expected an active table");
    expect(description.value("KeySchema", Json()) == schema_of(table),
           "expected another KeySchema");
  }
}

void use_missing_table(World* world) {
  const std::string name = any_name(world);
  if (world->tables.contains(name)) return;
  const Table& other = any_table(world).second;
  const Json key = to_json(other.key_of(any_key(world, other)));
  static const std::vector<std::string> operations = {"GetItem", "DeleteItem", "UpdateItem"};
  const Answer answers[] = {
      world->call(world->random.one_of(operations), {{"TableName", name}, {"Key", key}}),
      world->call("PutItem", {{"TableName", name}, {"Item", key}}),
      world->call("Scan", {{"TableName", name}}),
      world->call("DescribeTable", {{"TableName", name}})};
  for (const Answer& answer : answers) expect_error(answer, "ResourceNotFoundException");
}

}  // namespace stator::plain
