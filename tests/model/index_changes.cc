// UpdateTable adds and removes global indexes of tables that are in use.
#include "index_changes.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "definitions.h"
#include "draw_index.h"
#include "expect.h"
#include "operations.h"

namespace stator::plain {
namespace {

constexpr std::size_t kGlobalIndexesMax = 4;
constexpr std::chrono::seconds kBackfillMax{30};

std::vector<const Index*> of_kind(const Table& table, IndexKind kind) {
  std::vector<const Index*> indexes;
  for (const Index& index : table.indexes) {
    if (index.kind == kind) indexes.push_back(&index);
  }
  return indexes;
}

Json update_request(const std::string& table, const char* action, const Json& index) {
  return {{"TableName", table}, {"GlobalSecondaryIndexUpdates", Json::array({{{action, index}}})}};
}

void add_index(World* world, NamedTable* named) {
  wait_for_indexes(world, named);
  Table& table = named->second;
  const Index index = draw_index(world, table, IndexKind::global);
  Json request = update_request(named->first, "Create", request_of(table, index));
  table.indexes.push_back(index);
  request["AttributeDefinitions"] = definitions_of(table);
  Success reply(world->call("UpdateTable", request));
  expect(reply.take("TableDescription").value("TableName", "") == named->first,
         "expected the table's name");
  reply.expect_nothing_else();
  table.building = index.name;
}

// An index may go while it is built, but not while another one is.
void remove_index(World* world, NamedTable* named, const std::string& name) {
  if (named->second.building != name) wait_for_indexes(world, named);
  Success reply(
      world->call("UpdateTable", update_request(named->first, "Delete", {{"IndexName", name}})));
  reply.take("TableDescription");
  reply.expect_nothing_else();
  std::erase_if(named->second.indexes, [&](const Index& index) { return index.name == name; });
  if (named->second.building == name) named->second.building.clear();
}

void expect_index(const Table& table, const Index& index, const Json& description) {
  const IndexFigures figures = figures_of(table, index);
  expect(description.value("KeySchema", Json()) == schema_of(index),
         "expected another KeySchema of " + index.name);
  Json projection = description.value("Projection", Json());
  if (projection.contains("NonKeyAttributes")) {
    Json& included = projection["NonKeyAttributes"];
    std::sort(included.begin(), included.end());
  }
  expect(projection == projection_of(index), "expected another Projection of " + index.name);
  expect(description.value("ItemCount", Json()) == figures.items,
         "expected ItemCount " + std::to_string(figures.items) + " of " + index.name);
  expect(description.value("IndexSizeBytes", Json()) == figures.bytes,
         "expected IndexSizeBytes " + std::to_string(figures.bytes) + " of " + index.name);
  const Json status = description.value("IndexStatus", Json());
  expect(index.kind == IndexKind::local ? status.is_null() : status == "ACTIVE",
         "expected another IndexStatus of " + index.name);
}

void expect_indexes(const Table& table, IndexKind kind, const Json& descriptions) {
  const std::vector<const Index*> indexes = of_kind(table, kind);
  expect(descriptions.size() == indexes.size(),
         "expected " + std::to_string(indexes.size()) + " indexes, got " + descriptions.dump());
  for (const Index* index : indexes) {
    const auto found =
        std::find_if(descriptions.begin(), descriptions.end(),
                     [&](const Json& each) { return each.value("IndexName", "") == index->name; });
    expect(found != descriptions.end(), "expected index " + index->name);
    expect_index(table, *index, *found);
  }
}

bool is_active(World* world, const NamedTable& table) {
  const Json description =
      Success(world->call("DescribeTable", {{"TableName", table.first}})).take("Table");
  for (const Json& index : description.value("GlobalSecondaryIndexes", Json::array())) {
    if (index.value("IndexStatus", "") != "ACTIVE") return false;
  }
  return true;
}

}  // namespace

void wait_for_indexes(World* world, NamedTable* table) {
  if (table->second.building.empty()) return;
  const auto end = std::chrono::steady_clock::now() + kBackfillMax;
  while (!is_active(world, *table)) {
    expect(std::chrono::steady_clock::now() < end, "an index does not become active");
    std::this_thread::yield();
  }
  table->second.building.clear();
}

AnyIndex any_index(World* world) {
  AnyIndex any = {.table = any_table(world)};
  const std::vector<Index>& indexes = any.table.second.indexes;
  if (indexes.empty()) return any;
  any.index = &world->random.one_of(indexes);
  if (any.index->name == any.table.second.building) wait_for_indexes(world, &any.table);
  return any;
}

void expect_indexes(const Table& table, const Json& description) {
  expect(description.value("AttributeDefinitions", Json()) == definitions_of(table),
         "expected AttributeDefinitions " + definitions_of(table).dump());
  expect_indexes(table, IndexKind::local,
                 description.value("LocalSecondaryIndexes", Json::array()));
  expect_indexes(table, IndexKind::global,
                 description.value("GlobalSecondaryIndexes", Json::array()));
}

void change_indexes(World* world) {
  NamedTable& table = any_table(world);
  const std::vector<const Index*> indexes = of_kind(table.second, IndexKind::global);
  if (indexes.empty() || (indexes.size() < kGlobalIndexesMax && world->random.chance(60))) {
    return add_index(world, &table);
  }
  remove_index(world, &table, world->random.one_of(indexes)->name);
}

void change_wrong_index(World* world) {
  NamedTable& table = any_table(world);
  wait_for_indexes(world, &table);
  const std::string name = any_index_name(world);
  const auto found = std::find_if(table.second.indexes.begin(), table.second.indexes.end(),
                                  [&](const Index& index) { return index.name == name; });
  if (found == table.second.indexes.end() || found->kind == IndexKind::local) {
    const Answer answer =
        world->call("UpdateTable", update_request(table.first, "Delete", {{"IndexName", name}}));
    return expect_error(answer, found == table.second.indexes.end() ? "ResourceNotFoundException"
                                                                    : "ValidationException");
  }
  Json request = update_request(table.first, "Create", request_of(table.second, *found));
  request["AttributeDefinitions"] = definitions_of(table.second);
  expect_error(world->call("UpdateTable", request), "ValidationException");
}

}  // namespace stator::plain
