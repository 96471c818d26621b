#include "api/request/transact_request.h"

#include <algorithm>
#include <array>
#include <span>

#include "api/request/rule_check.h"
#include "api/request/shape_reader.h"
#include "api/request/transact_rules.h"

namespace stator {
namespace {

// An operation that an element may name, and the members that it has.
struct ActionShape {
  std::string_view name;
  ActionKind kind;
  const ItemRules* rules;
};

constexpr std::array<ActionShape, 4> kWriteShapes = {{
    {"ConditionCheck", ActionKind::condition_check, &kConditionCheckRules},
    {"Delete", ActionKind::remove, &kDeleteRules},
    {"Put", ActionKind::put, &kPutRules},
    {"Update", ActionKind::update, &kUpdateRules},
}};

constexpr std::array<ActionShape, 1> kGetShapes = {{{"Get", ActionKind::get, &kGetRules}}};

using Shapes = std::span<const ActionShape>;

const ActionShape* find_shape(Shapes shapes, std::string_view name) {
  for (const ActionShape& shape : shapes) {
    if (shape.name == name) return &shape;
  }
  return nullptr;
}

Result<void> read_operation(const ActionShape& shape, JsonValue* value, TransactAction* action) {
  // Of an operation that stands twice the last counts, as of any member.
  if (action->operations > 0) {
    const bool is_in_doubt = action->request.is_in_doubt;
    action->request = ItemRequest();
    action->request.is_in_doubt = is_in_doubt;
  }
  if (action->operations == 0 || action->kind != shape.kind) ++action->operations;
  action->kind = shape.kind;
  JsonMembers members = TRY(structure_of(value, shape.name, Place::member));
  TRY(read_structure(&members, [&](std::string_view name, JsonValue* member) -> Result<void> {
    const auto known = find_member(name, shape.rules->known);
    if (!known) return member->skip();
    return read_item_member(*known, member, *shape.rules, ValueTexts::older, &action->request);
  }));
  note_missing_members(*shape.rules, &action->request);
  return {};
}

Result<TransactAction> read_action(Shapes shapes, JsonMembers* members) {
  TransactAction action;
  TRY(read_structure(members, [&](std::string_view name, JsonValue* value) -> Result<void> {
    const ActionShape* const shape = find_shape(shapes, name);
    if (shape == nullptr) return value->skip();
    return read_operation(*shape, value, &action);
  }));
  return action;
}

// TransactGetItems has no other operation than Get, which its actions must have; the actions of
// TransactWriteItems without one AWS refuses later.
bool breaks_a_rule(const TransactRequest& request) {
  const auto is_doubtful = [](const TransactAction& action) {
    return action.operations == 0 || action.request.is_in_doubt;
  };
  return !admits(kRequestToken, request.client_request_token) ||
         !admits(kConsumedCapacity, request.return_consumed_capacity) ||
         !admits(kCollectionMetrics, request.return_item_collection_metrics) ||
         !admits_count(kTransactWrites, request.actions.size()) ||
         std::any_of(request.actions.begin(), request.actions.end(), is_doubtful);
}

Result<TransactRequest> read_request(std::string_view json, std::string_view element, Shapes shapes,
                                     JsonReader* reader) {
  TransactRequest request;
  JsonMembers members = TRY(reader->open(json));
  const auto read = [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name == "TransactItems") {
      request.has_items = true;
      request.actions = TRY(read_structures<TransactAction>(
          value, element, [&](JsonMembers* each) { return read_action(shapes, each); }));
      return {};
    }
    if (name == "ClientRequestToken") return assign(value->string(), &request.client_request_token);
    if (name == "ReturnConsumedCapacity") {
      return assign(value->string(), &request.return_consumed_capacity);
    }
    if (name == "ReturnItemCollectionMetrics") {
      return assign(value->string(), &request.return_item_collection_metrics);
    }
    return value->skip();
  };
  TRY(read_structure(&members, read));
  TRY(reader->finish());
  for (TransactAction& action : request.actions) settle_values(&action.request);
  request.is_in_doubt = breaks_a_rule(request);
  return request;
}

}  // namespace

Result<TransactRequest> read_transact_write(std::string_view json, JsonReader* reader) {
  return read_request(json, "TransactWriteItem", kWriteShapes, reader);
}

Result<TransactRequest> read_transact_get(std::string_view json, JsonReader* reader) {
  return read_request(json, "TransactGetItem", kGetShapes, reader);
}

}  // namespace stator
