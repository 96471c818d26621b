// TransactWriteItems and TransactGetItems.
#include <algorithm>
#include <set>

#include "draw_update.h"
#include "expect.h"
#include "operations.h"
#include "path.h"

namespace stator::plain {
namespace {

constexpr std::size_t kActionsMax = 8;
constexpr double kPhases = 2;  // units are those of a single operation, twice

const Item kNoItem;

enum class Kind { put, update, remove, check };

// One action, and what it leaves where all of them run.
struct TransactAction {
  Kind kind = Kind::put;
  NamedTable* table = nullptr;
  KeyValues key;
  std::optional<Item> before = {};
  std::optional<Item> after = {};
  Update update = {};
  std::optional<Refused> refused = {};  // of an update that cannot run
  std::optional<Condition> condition = {};
  bool item_on_failure = false;

  const Table& rows() const { return table->second; }
  bool is_refused() const {
    return kind == Kind::put &&
           (!violations(rows(), nullptr, *after).empty() || is_too_large(rows(), *after));
  }
  bool holds_condition() const { return !condition || holds(*condition, before.value_or(kNoItem)); }
};

std::optional<Item> stored(const Table& table, const KeyValues& key) {
  const auto found = table.items.find(key);
  if (found == table.items.end()) return std::nullopt;
  return found->second;
}

// Distinct items of some tables, in the order in which they were drawn.
std::vector<TransactAction> draw_targets(World* world) {
  std::vector<TransactAction> actions;
  std::map<std::string, std::set<KeyValues, KeyOrder>> seen;
  for (std::size_t count = 1 + world->random.below(kActionsMax); count > 0; --count) {
    NamedTable& table = any_table(world);
    const KeyValues key = any_key(world, table.second);
    if (!seen[table.first].insert(key).second) continue;
    actions.push_back({.table = &table, .key = key, .before = stored(table.second, key)});
  }
  return actions;
}

Condition draw_condition(World* world, const TransactAction& action) {
  prefer_attributes(world, action.rows(), action.before ? &*action.before : nullptr);
  if (world->random.chance(30)) return world->expressions.condition();
  const Test test = action.before ? Test::exists : Test::not_exists;
  return {.test = test, .operands = {{.path = {{.name = action.rows().partition.name}}}}};
}

// One with actions, as a transaction wants it.
void draw_update_of(World* world, TransactAction* action) {
  const Item* const before = action->before ? &*action->before : nullptr;
  prefer_attributes(world, action->rows(), before);
  DrawnUpdate drawn;
  while (drawn.update.empty()) drawn = draw_update(world, action->rows(), action->key, before);
  action->update = std::move(drawn.update);
  action->refused = std::move(drawn.outcome.refused);
  action->after = std::move(drawn.outcome.after);
}

void draw_action(World* world, TransactAction* action) {
  const std::size_t choice = world->random.below(10);
  action->kind = choice < 3   ? Kind::put
                 : choice < 7 ? Kind::update
                 : choice < 8 ? Kind::remove
                              : Kind::check;
  if (action->kind == Kind::put) action->after = any_item(world, action->rows(), action->key);
  if (action->kind == Kind::update) draw_update_of(world, action);
  if (action->kind == Kind::check) action->after = action->before;
  if (action->kind == Kind::check || world->random.chance(20)) {
    action->condition = draw_condition(world, *action);
  }
  action->item_on_failure = world->random.chance(40);
}

const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::put:
      return "Put";
    case Kind::update:
      return "Update";
    case Kind::remove:
      return "Delete";
    case Kind::check:
      break;
  }
  return "ConditionCheck";
}

Json request_of(World* world, const TransactAction& action) {
  Json json = {{"TableName", action.table->first}};
  if (action.kind == Kind::put) {
    json["Item"] = spelt_item(*action.after, &world->random);
  } else {
    json["Key"] = spelt_item(action.rows().key_of(action.key), &world->random);
  }
  Placeholders placeholders(&world->random);
  if (action.kind == Kind::update) json["UpdateExpression"] = text_of(action.update, &placeholders);
  if (action.condition) {
    json["ConditionExpression"] = text_of(*action.condition, &placeholders);
  }
  placeholders.add_to(&json);
  if (action.item_on_failure) json["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD";
  return {{name_of(action.kind), json}};
}

// The code of each action's reason; empty: the transaction runs. A wrong item is reported alone.
std::vector<std::string> codes_of(const std::vector<TransactAction>& actions) {
  std::vector<std::string> codes(actions.size(), "None");
  for (std::size_t i = 0; i < actions.size(); ++i) {
    if (!actions[i].is_refused()) continue;
    codes[i] = "ValidationError";
    return codes;
  }
  bool fails = false;
  for (std::size_t i = 0; i < actions.size(); ++i) {
    if (actions[i].holds_condition() && !actions[i].refused) continue;
    codes[i] = actions[i].holds_condition() ? "ValidationError" : "ConditionalCheckFailed";
    fails = true;
  }
  return fails ? codes : std::vector<std::string>();
}

void expect_reason(const Json& reason, const TransactAction& action, const std::string& code) {
  expect(reason.value("Code", "") == code, "expected the reason " + code);
  expect(reason.contains("Message") == (code != "None"), "a message of each reason but None");
  const bool has_item =
      code == "ConditionalCheckFailed" && action.item_on_failure && action.before.has_value();
  expect(reason.contains("Item") == has_item, has_item ? "expected the item" : "expected no item");
  if (has_item) expect(item_of(reason["Item"]) == *action.before, "expected the item before");
}

void expect_cancelled(const Answer& answer, const std::vector<TransactAction>& actions,
                      const std::vector<std::string>& codes) {
  expect_error(answer, "TransactionCanceledException");
  const Json reasons = answer.body.value("CancellationReasons", Json());
  expect(reasons.size() == actions.size(), "a reason for each action");
  std::string text;
  for (std::size_t i = 0; i < actions.size(); ++i) {
    expect_reason(reasons[i], actions[i], codes[i]);
    text += (i == 0 ? "[" : ", ") + codes[i];
  }
  expect(answer.body.value("Message", "").ends_with(text + "]"), "expected the codes " + text);
}

// The units of one kind, which stand beside the units of every arm, are taken out.
void take_kind(const std::string& kind, Json* json) {
  if (!json->is_object()) return;
  if (json->contains("CapacityUnits")) {
    expect(json->value(kind, -1.0) == json->at("CapacityUnits"), "expected " + kind);
    json->erase(kind);
  }
  for (Json& member : *json) take_kind(kind, &member);
}

void expect_capacities_of(const std::string& kind, Json capacities, Detail detail,
                          const std::map<std::string, Units>& units) {
  for (Json& capacity : capacities) take_kind(kind, &capacity);
  expect_capacities(capacities, detail, units);
}

Units units_of(const TransactAction& action) {
  Units units = write_units(action.rows(), action.before ? &*action.before : nullptr,
                            action.after ? &*action.after : nullptr);
  units.table *= kPhases;
  return units;
}

void carry_out(const TransactAction& action) {
  Table& table = action.table->second;
  if (action.after) {
    table.items.insert_or_assign(action.key, *action.after);
  } else {
    table.items.erase(action.key);
  }
}

void expect_written(World* world, const Json& request, Detail detail,
                    const std::vector<TransactAction>& actions) {
  Success reply(world->call("TransactWriteItems", request));
  std::map<std::string, Units> units;
  for (const TransactAction& action : actions) units[action.table->first] += units_of(action);
  expect_capacities_of("WriteCapacityUnits", reply.take("ConsumedCapacity"), detail, units);
  reply.expect_nothing_else();
}

// The same request with the same token costs reads, and does nothing.
void expect_replay(World* world, const Json& request, Detail detail,
                   const std::vector<TransactAction>& actions) {
  Success reply(world->call("TransactWriteItems", request));
  std::map<std::string, Units> units;
  for (const TransactAction& action : actions) {
    const std::size_t before = action.before ? size_of(*action.before) : 0;
    const std::size_t after = action.after ? size_of(*action.after) : 0;
    units[action.table->first].table +=
        kPhases * read_units(std::max(before, after), Consistency::strong);
  }
  expect_capacities_of("ReadCapacityUnits", reply.take("ConsumedCapacity"), detail, units);
  reply.expect_nothing_else();
}

}  // namespace

void transact_write_items(World* world) {
  std::vector<TransactAction> actions = draw_targets(world);
  Json request = {{"TransactItems", Json::array()}};
  const Detail detail = ask_for_capacity(world, &request);
  for (TransactAction& action : actions) {
    draw_action(world, &action);
    request["TransactItems"].push_back(request_of(world, action));
  }
  const bool has_token = world->random.chance(40);
  if (has_token) {
    request["ClientRequestToken"] = world->prefix + std::to_string(world->random.below(UINT64_MAX));
  }
  const std::vector<std::string> codes = codes_of(actions);
  if (!codes.empty()) {
    return expect_cancelled(world->call("TransactWriteItems", request), actions, codes);
  }
  expect_written(world, request, detail, actions);
  for (const TransactAction& action : actions) carry_out(action);
  if (has_token) expect_replay(world, request, detail, actions);
}

void transact_get_items(World* world) {
  Json request = {{"TransactItems", Json::array()}};
  const Detail detail = ask_for_capacity(world, &request);
  std::vector<std::optional<Item>> expected;
  std::map<std::string, Units> units;
  for (const TransactAction& action : draw_targets(world)) {
    Json get = {{"TableName", action.table->first},
                {"Key", spelt_item(action.rows().key_of(action.key), &world->random)}};
    units[action.table->first].table +=
        kPhases * read_units(action.before ? size_of(*action.before) : 0, Consistency::strong);
    expected.push_back(action.before);
    if (action.before && world->random.chance(30)) {
      Placeholders placeholders(&world->random);
      prefer_attributes(world, action.rows(), &*action.before);
      const std::vector<Path> projection = world->expressions.paths(2);
      get["ProjectionExpression"] = text_of(projection, &placeholders);
      placeholders.add_to(&get);
      expected.back() = projected(*action.before, projection);
      if (expected.back()->empty()) expected.back().reset();
    }
    request["TransactItems"].push_back({{"Get", get}});
  }
  Success reply(world->call("TransactGetItems", request));
  const Json responses = reply.take("Responses");
  expect(responses.size() == expected.size(), "a response for each get");
  for (std::size_t i = 0; i < expected.size(); ++i) {
    Success response(Answer{.status = 200, .body = responses[i]});
    response.expect_item("Item", expected[i]);
    response.expect_nothing_else();
  }
  expect_capacities_of("ReadCapacityUnits", reply.take("ConsumedCapacity"), detail, units);
  reply.expect_nothing_else();
}

}  // namespace stator::plain
