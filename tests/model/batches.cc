// BatchWriteItem and BatchGetItem.
#include <set>

#include "expect.h"
#include "operations.h"
#include "path.h"

namespace stator::plain {
namespace {

constexpr std::size_t kWritesMax = 10;
constexpr std::size_t kKeysMax = 15;

// Distinct keys of some tables.
using Keys = std::map<std::string, std::set<KeyValues, KeyOrder>>;

Keys draw_keys(World* world, std::size_t count) {
  Keys keys;
  for (; count > 0; --count) {
    const NamedTable& table = any_table(world);
    keys[table.first].insert(any_key(world, table.second));
  }
  return keys;
}

// What one write of a batch leaves: an item, or none.
struct BatchWrite {
  KeyValues key;
  std::optional<Item> after = {};
};

using BatchWrites = std::map<std::string, std::vector<BatchWrite>>;

BatchWrites draw_writes(World* world) {
  BatchWrites writes;
  for (const auto& [name, keys] : draw_keys(world, 1 + world->random.below(kWritesMax))) {
    const Table& table = world->tables.at(name);
    for (const KeyValues& key : keys) {
      BatchWrite& write = writes[name].emplace_back(BatchWrite{.key = key});
      if (world->random.chance(30)) continue;
      write.after = any_item(world, table, key);
    }
  }
  return writes;
}

Json request_of(World* world, const Table& table, const BatchWrite& write) {
  if (!write.after) {
    return {{"DeleteRequest", {{"Key", spelt_item(table.key_of(write.key), &world->random)}}}};
  }
  return {{"PutRequest", {{"Item", spelt_item(*write.after, &world->random)}}}};
}

Units units_of(const Table& table, const BatchWrite& write) {
  const auto before = table.items.find(write.key);
  return write_units(table, before == table.items.end() ? nullptr : &before->second,
                     write.after ? &*write.after : nullptr);
}

bool is_refused(const Table& table, const BatchWrite& write) {
  return write.after &&
         (!violations(table, nullptr, *write.after).empty() || is_too_large(table, *write.after));
}

void carry_out(const BatchWrite& write, Table* table) {
  if (write.after) {
    table->items.insert_or_assign(write.key, *write.after);
  } else {
    table->items.erase(write.key);
  }
}

}  // namespace

void batch_write_item(World* world) {
  const BatchWrites writes = draw_writes(world);
  Json request = {{"RequestItems", Json::object()}};
  const Detail detail = ask_for_capacity(world, &request);
  std::map<std::string, Units> units;
  bool refused = false;
  for (const auto& [name, of_table] : writes) {
    for (const BatchWrite& write : of_table) {
      const Table& table = world->tables.at(name);
      refused = refused || is_refused(table, write);
      request["RequestItems"][name].push_back(request_of(world, table, write));
      units[name] += units_of(table, write);
    }
  }
  if (world->random.chance(10)) {
    const auto& [name, of_table] = *writes.begin();
    request["RequestItems"][name].push_back(
        request_of(world, world->tables.at(name), {.key = of_table[0].key}));
    return expect_error(world->call("BatchWriteItem", request), "ValidationException");
  }
  if (refused) return expect_error(world->call("BatchWriteItem", request), "ValidationException");
  Success reply(world->call("BatchWriteItem", request));
  reply.expect_member("UnprocessedItems", Json::object());
  expect_capacities(reply.take("ConsumedCapacity"), detail, units);
  reply.expect_nothing_else();
  for (const auto& [name, of_table] : writes) {
    for (const BatchWrite& write : of_table) carry_out(write, &world->tables.at(name));
  }
}

namespace {

// The keys that one table is asked for.
struct Block {
  std::vector<Path> projection = {};
  Consistency consistency = Consistency::eventual;
  std::vector<Item> found = {};
  double units = 0;
};

Json draw_block(World* world, const Table& table, const std::set<KeyValues, KeyOrder>& keys,
                Block* block) {
  Json json = {{"Keys", Json::array()}};
  if (world->random.chance(40)) {
    block->consistency = Consistency::strong;
    json["ConsistentRead"] = true;
  }
  if (world->random.chance(30)) {
    Placeholders placeholders(&world->random);
    prefer_attributes(world, table, nullptr);
    block->projection = world->expressions.paths(2);
    json["ProjectionExpression"] = text_of(block->projection, &placeholders);
    placeholders.add_to(&json);
  }
  for (const KeyValues& key : keys) {
    json["Keys"].push_back(spelt_item(table.key_of(key), &world->random));
    const auto found = table.items.find(key);
    const bool is_there = found != table.items.end();
    block->units += read_units(is_there ? size_of(found->second) : 0, block->consistency);
    if (!is_there) continue;
    block->found.push_back(block->projection.empty() ? found->second
                                                     : projected(found->second, block->projection));
  }
  return json;
}

}  // namespace

void batch_get_item(World* world) {
  std::map<std::string, Block> blocks;
  Json request = {{"RequestItems", Json::object()}};
  const Detail detail = ask_for_capacity(world, &request);
  std::map<std::string, Units> units;
  for (const auto& [name, keys] : draw_keys(world, 1 + world->random.below(kKeysMax))) {
    const Table& table = world->tables.at(name);
    request["RequestItems"][name] = draw_block(world, table, keys, &blocks[name]);
    units[name].table = blocks[name].units;
  }
  Success reply(world->call("BatchGetItem", request));
  reply.expect_member("UnprocessedKeys", Json::object());
  const Json responses = reply.take("Responses");
  expect(responses.is_object() && responses.size() == blocks.size(), "a response for each table");
  for (const auto& [name, block] : blocks) {
    std::vector<Item> items;
    for (const Json& item : responses.at(name)) items.push_back(item_of(item));
    expect_same_items(block.found, items);
  }
  expect_capacities(reply.take("ConsumedCapacity"), detail, units);
  reply.expect_nothing_else();
}

}  // namespace stator::plain
