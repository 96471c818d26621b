// The life cycle of tables.
#include <array>

#include "definitions.h"
#include "draw_index.h"
#include "expect.h"
#include "index_changes.h"
#include "operations.h"

namespace stator::plain {
namespace {

constexpr std::array<const char*, 3> kNames = {"a", "b.2", "c_3"};
constexpr std::size_t kIndexesMax = 3;  // of each kind

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
  for (const IndexKind kind : {IndexKind::local, IndexKind::global}) {
    if (kind == IndexKind::local && !table.sort) continue;
    for (std::size_t i = world->random.below(kIndexesMax + 1); i > 0; --i) {
      table.indexes.push_back(draw_index(world, table, kind));
    }
  }
  return table;
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
  const auto found = world->tables.find(name);
  if (world->tables.size() == 1 && found != world->tables.end()) return;
  // No table goes while one of its indexes comes.
  if (found != world->tables.end()) wait_for_indexes(world, &*found);
  Answer answer = world->call("DeleteTable", {{"TableName", name}});
  if (found == world->tables.end()) return expect_error(answer, "ResourceNotFoundException");
  Success(std::move(answer)).take("TableDescription");
  world->streams.erase(name);
  world->tables.erase(found);
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
  for (NamedTable& named : world->tables) {
    wait_for_indexes(world, &named);
    const auto& [name, table] = named;
    const Json description =
        Success(world->call("DescribeTable", {{"TableName", name}})).take("Table");
    expect(description.value("TableStatus", "") == "ACTIVE", "expected an active table");
    expect(description.value("KeySchema", Json()) == schema_of(table),
           "expected another KeySchema");
    expect(description.value("ItemCount", Json()) == table.items.size(),
           "expected ItemCount " + std::to_string(table.items.size()));
    expect_indexes(table, description);
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
