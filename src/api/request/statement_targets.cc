#include "api/request/statement_targets.h"

#include <map>
#include <optional>
#include <utility>

#include "api/request/statement_request.h"
#include "expression/condition_node.h"
#include "expression/partiql/statement.h"
#include "model/item.h"

namespace stator {
namespace {

using Values = std::map<std::string_view, ValueView>;

// "attribute = value", either way round.
void add_equality(const ConditionNode& node, Values* values) {
  const Operand* path = node.operands;
  const Operand* value = path->next;
  if (path->kind == OperandKind::value) std::swap(path, value);
  if (path->kind != OperandKind::path || value->kind != OperandKind::value) return;
  if (path->path.elements.size() == 1) values->emplace(path->path.attribute(), value->value);
}

void add_equalities(const ConditionNode& node, Values* values) {
  if (node.op == ConditionOperator::equal) return add_equality(node, values);
  if (node.op != ConditionOperator::logical_and) return;
  for (const ConditionNode* child = node.children; child != nullptr; child = child->next) {
    add_equalities(*child, values);
  }
}

std::string item_of(const Values& values) {
  std::string bytes;
  ItemWriter writer(&bytes);
  for (const auto& [name, value] : values) {
    writer.add(name);
    bytes += value.bytes();
  }
  writer.finish();
  return bytes;
}

FaultTarget target_of(const StatementRequest& request, Arena* arena) {
  if (!request.statement) return {};
  const std::vector<ValueView> parameters = request.values();
  const auto statement = partiql::parse_statement(*request.statement, parameters, arena);
  if (!statement) return {};
  FaultTarget target{
      .table = table_name_in(statement->table), .item = {}, .is_select = statement->reads()};
  Values values;
  if (statement->where) add_equalities(*statement->where->root(), &values);
  target.item = statement->item.empty() ? item_of(values) : std::string(statement->item);
  return target;
}

std::vector<FaultTarget> targets_of(const std::optional<std::vector<StatementRequest>>& requests,
                                    Arena* arena) {
  std::vector<FaultTarget> targets;
  if (!requests) return targets;
  for (const StatementRequest& request : *requests) targets.push_back(target_of(request, arena));
  return targets;
}

}  // namespace

bool has_statements(std::string_view operation) {
  return operation == "ExecuteStatement" || operation == "ExecuteTransaction" ||
         operation == "BatchExecuteStatement";
}

std::vector<FaultTarget> read_statement_targets(std::string_view operation, std::string_view json,
                                                JsonReader* reader, Arena* arena) {
  if (operation == "ExecuteTransaction") {
    const auto request = read_transact_statement_request(json, reader);
    return request ? targets_of(request->statements, arena) : std::vector<FaultTarget>();
  }
  if (operation == "BatchExecuteStatement") {
    const auto request = read_batch_statement_request(json, reader);
    return request ? targets_of(request->statements, arena) : std::vector<FaultTarget>();
  }
  const auto request = read_statement_request(json, reader);
  if (!request) return {};
  return {target_of(*request, arena)};
}

}  // namespace stator
