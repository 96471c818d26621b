#include "api/request/transact_request.h"

#include <array>
#include <span>

#include "api/request/shape_reader.h"

namespace stator {
namespace {

// An operation that an element may name, and the members that it has.
struct ActionShape {
  std::string_view name;
  ActionKind kind;
  MemberSet members;
};

constexpr MemberSet kWriteMembers = {
    Member::table_name, Member::condition_expression, Member::expression_attribute_names,
    Member::expression_attribute_values, Member::return_values_on_condition_check_failure};

constexpr std::array<ActionShape, 4> kWriteShapes = {{
    {"ConditionCheck", ActionKind::condition_check, kWriteMembers | MemberSet{Member::key}},
    {"Delete", ActionKind::remove, kWriteMembers | MemberSet{Member::key}},
    {"Put", ActionKind::put, kWriteMembers | MemberSet{Member::item}},
    {"Update", ActionKind::update,
     kWriteMembers | MemberSet{Member::key, Member::update_expression}},
}};

constexpr std::array<ActionShape, 1> kGetShapes = {{
    {"Get",
     ActionKind::get,
     {Member::table_name, Member::key, Member::projection_expression,
      Member::expression_attribute_names}},
}};

using Shapes = std::span<const ActionShape>;

const ActionShape* find_shape(Shapes shapes, std::string_view name) {
  for (const ActionShape& shape : shapes) {
    if (shape.name == name) return &shape;
  }
  return nullptr;
}

Result<void> read_operation(const ActionShape& shape, JsonValue* value, TransactAction* action) {
  action->kind = shape.kind;
  ++action->operations;
  JsonMembers members = TRY(structure_of(value, shape.name, Place::member));
  return read_structure(&members, [&](std::string_view name, JsonValue* member) -> Result<void> {
    const auto known = find_member(name, shape.members);
    if (!known) return member->skip();
    return read_item_member(*known, member, ValueTexts::older, &action->request);
  });
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
