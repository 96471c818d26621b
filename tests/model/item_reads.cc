// GetItem, and keys that do not fit.
#include "expect.h"
#include "operations.h"

namespace stator::plain {

void get_item(World* world) {
  const NamedTable& table = any_table(world);
  const KeyValues key = any_key(world, table.second);
  const auto found = table.second.items.find(key);
  const bool is_there = found != table.second.items.end();
  prefer_attributes(world, table.second, is_there ? &found->second : nullptr);
  Placeholders placeholders(&world->random);
  Json request = {{"TableName", table.first},
                  {"Key", spelt_item(table.second.key_of(key), &world->random)}};
  const Consistency consistency =
      world->random.chance(50) ? Consistency::strong : Consistency::eventual;
  if (consistency == Consistency::strong) request["ConsistentRead"] = true;
  const Detail detail = ask_for_capacity(world, &request);
  const std::vector<Path> paths = world->random.chance(30)
                                      ? world->expressions.paths(1 + world->random.below(3))
                                      : std::vector<Path>{};
  if (!paths.empty()) request["ProjectionExpression"] = text_of(paths, &placeholders);
  placeholders.add_to(&request);

  Success reply(world->call("GetItem", request));
  if (is_there) {
    reply.expect_item("Item", paths.empty() ? found->second : projected(found->second, paths));
  }
  const std::size_t bytes = is_there ? size_of(found->second) : 0;
  reply.expect_capacity(detail, table.first, {.table = read_units(bytes, consistency)});
  reply.expect_nothing_else();
}

void use_wrong_key(World* world) {
  const NamedTable& table = any_table(world);
  Item key = table.second.key_of(any_key(world, table.second));
  const auto changed =
      world->random.chance(50) || !table.second.sort ? table.second.partition : *table.second.sort;
  if (world->random.chance(50)) {
    key.erase(changed.name);
  } else {
    key[changed.name] = {.type = Type::BOOL};
  }
  Json request = {{"TableName", table.first}};
  const bool puts = world->random.chance(50);
  request[puts ? "Item" : "Key"] = to_json(key);
  static const std::vector<std::string> operations = {"GetItem", "DeleteItem", "UpdateItem"};
  expect_error(world->call(puts ? "PutItem" : world->random.one_of(operations), request),
               "ValidationException");
}

}  // namespace stator::plain
