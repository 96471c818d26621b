// PutItem, UpdateItem and DeleteItem.
#include <algorithm>
#include <optional>

#include "draw_update.h"
#include "expect.h"
#include "operations.h"

namespace stator::plain {
namespace {

const Item kNoItem;

// What the writes of one item have in common.
struct Write {
  Json request = Json::object();
  Placeholders placeholders;
  std::optional<Condition> condition = {};
  bool item_on_failure = false;
  std::string returns = "NONE";
  Detail detail = Detail::none;
};

Condition draw_condition(World* world, const Table& table) {
  if (!world->random.chance(30)) return world->expressions.condition();
  const Test test = world->random.chance(50) ? Test::exists : Test::not_exists;
  return {.test = test, .operands = {{.path = {{.name = table.partition.name}}}}};
}

Write draw_write(World* world, const NamedTable& table, const std::vector<std::string>& returns) {
  Write write = {.placeholders = Placeholders(&world->random)};
  write.request["TableName"] = table.first;
  write.detail = ask_for_capacity(world, &write.request);
  if (world->random.chance(50)) {
    write.returns = world->random.one_of(returns);
    write.request["ReturnValues"] = write.returns;
  }
  if (world->random.chance(30)) {
    write.condition = draw_condition(world, table.second);
    write.request["ConditionExpression"] = text_of(*write.condition, &write.placeholders);
  }
  if (world->random.chance(30)) {
    write.item_on_failure = true;
    write.request["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD";
  }
  return write;
}

const Item* stored(const Table& table, const KeyValues& key) {
  const auto found = table.items.find(key);
  return found == table.items.end() ? nullptr : &found->second;
}

bool may_run(const Write& write, const Item* before) {
  return !write.condition || holds(*write.condition, before == nullptr ? kNoItem : *before);
}

void expect_condition_failure(const Write& write, const Answer& answer, const Item* before) {
  expect_error(answer, "ConditionalCheckFailedException");
  expect(answer.body.value("message", "") == "The conditional request failed",
         "expected the message of a failed condition");
  const bool with_item = write.item_on_failure && before != nullptr;
  expect(answer.body.contains("Item") == with_item,
         with_item ? "expected the item" : "expected no item");
  if (with_item) {
    expect(item_of(answer.body["Item"]) == *before, "expected Item " + to_json(*before).dump());
  }
}

std::optional<Item> old_item(const Write& write, const Item* before) {
  if (write.returns != "ALL_OLD" || before == nullptr) return std::nullopt;
  return *before;
}

void expect_old_item(const Write& write, const NamedTable& table, Answer answer, const Item* before,
                     const Item* after) {
  Success reply(std::move(answer));
  reply.expect_item("Attributes", old_item(write, before));
  reply.expect_capacity(write.detail, table.first, write_units(table.second, before, after));
  reply.expect_nothing_else();
}

// A write was refused: the item is what it was.
void expect_unchanged(World* world, const NamedTable& table, const KeyValues& key) {
  const Item* const item = stored(table.second, key);
  Success reply(world->call("GetItem", {{"TableName", table.first},
                                        {"Key", to_json(table.second.key_of(key))},
                                        {"ConsistentRead", true}}));
  reply.expect_item("Item", item == nullptr ? std::nullopt : std::optional(*item));
}

// Where there is one reason, the text names its index.
void expect_put_refusal(const Answer& answer, const std::vector<Violation>& reasons) {
  expect_error(answer, "ValidationException");
  if (reasons.size() != 1) return;
  const std::string message = answer.body.value("message", "");
  expect(message.find("IndexName: " + reasons[0].index->name) != std::string::npos &&
             message.find(reasons[0].attribute) != std::string::npos,
         "expected the index " + reasons[0].index->name + " and its key " + reasons[0].attribute);
}

Answer send(World* world, const std::string& operation, Write* write) {
  write->placeholders.add_to(&write->request);
  return world->call(operation, write->request);
}

// REMOVE from a list moves another element under the path; whether UPDATED_NEW shows that one
// nobody has observed.
bool moves_elements(const Update& update) {
  return std::any_of(update.begin(), update.end(), [](const Action& action) {
    return action.kind == ActionKind::remove && action.target.back().index.has_value();
  });
}

bool only_removes(const Update& update) {
  return std::all_of(update.begin(), update.end(),
                     [](const Action& action) { return action.kind == ActionKind::remove; });
}

std::optional<Item> returned(const std::string& returns, const Update& update, const Item* before,
                             const std::optional<Item>& after) {
  const Item* const item = returns.ends_with("OLD") ? before : after ? &*after : nullptr;
  if (returns == "NONE" || item == nullptr) return std::nullopt;
  if (returns.starts_with("ALL")) return *item;
  if (returns == "UPDATED_NEW" && only_removes(update)) return std::nullopt;
  std::vector<Path> paths;
  for (const Action& action : update) paths.push_back(action.target);
  Item part = projected(*item, paths);
  if (part.empty()) return std::nullopt;
  return part;
}

void expect_refusal(const Answer& answer, const Update& update, const Refused& refused) {
  expect_error(answer, "ValidationException");
  // Which of several reasons comes first nobody has observed; a long path can be one more.
  if (refused.message.empty() || update.size() > 1 || update[0].target.size() > 1) return;
  expect(answer.body.value("message", "") == refused.message, "expected: " + refused.message);
}

const std::vector<std::string> kOldOrNone = {"NONE", "ALL_OLD"};
const std::vector<std::string> kAllReturns = {"NONE", "ALL_OLD", "ALL_NEW", "UPDATED_OLD",
                                              "UPDATED_NEW"};

}  // namespace

void put_item(World* world) {
  NamedTable& table = any_table(world);
  const KeyValues key = any_key(world, table.second);
  const Item item = any_item(world, table.second, key);
  const Item* const before = stored(table.second, key);
  prefer_attributes(world, table.second, before);
  Write write = draw_write(world, table, kOldOrNone);
  write.request["Item"] = spelt_item(item, &world->random);
  Answer answer = send(world, "PutItem", &write);
  const std::vector<Violation> reasons = violations(table.second, nullptr, item);
  if (!reasons.empty() || is_too_large(table.second, item)) {
    expect_put_refusal(answer, reasons);
    return expect_unchanged(world, table, key);
  }
  if (!may_run(write, before)) return expect_condition_failure(write, answer, before);
  expect_old_item(write, table, std::move(answer), before, &item);
  table.second.items.insert_or_assign(key, item);
}

void delete_item(World* world) {
  NamedTable& table = any_table(world);
  const KeyValues key = any_key(world, table.second);
  const Item* const before = stored(table.second, key);
  prefer_attributes(world, table.second, before);
  Write write = draw_write(world, table, kOldOrNone);
  write.request["Key"] = spelt_item(table.second.key_of(key), &world->random);
  Answer answer = send(world, "DeleteItem", &write);
  if (!may_run(write, before)) return expect_condition_failure(write, answer, before);
  expect_old_item(write, table, std::move(answer), before, nullptr);
  table.second.items.erase(key);
}

void update_item(World* world) {
  NamedTable& table = any_table(world);
  const KeyValues key = any_key(world, table.second);
  const Item* const before = stored(table.second, key);
  prefer_attributes(world, table.second, before);
  Write write = draw_write(world, table, kAllReturns);
  const bool shows_parts = write.returns == "UPDATED_NEW";
  DrawnUpdate drawn = draw_update(world, table.second, key, before);
  while (shows_parts && moves_elements(drawn.update)) {
    drawn = draw_update(world, table.second, key, before);
  }
  const auto& [update, outcome] = drawn;
  write.request["Key"] = spelt_item(table.second.key_of(key), &world->random);
  if (!update.empty()) write.request["UpdateExpression"] = text_of(update, &write.placeholders);

  Answer answer = send(world, "UpdateItem", &write);
  if (!may_run(write, before)) return expect_condition_failure(write, answer, before);
  if (outcome.refused) {
    expect_refusal(answer, update, *outcome.refused);
    return expect_unchanged(world, table, key);
  }
  Success reply(std::move(answer));
  reply.expect_item("Attributes", returned(write.returns, update, before, outcome.after));
  const Item* const after = outcome.after ? &*outcome.after : nullptr;
  reply.expect_capacity(write.detail, table.first, write_units(table.second, before, after));
  reply.expect_nothing_else();
  if (outcome.after) table.second.items.insert_or_assign(key, *outcome.after);
}

}  // namespace stator::plain
