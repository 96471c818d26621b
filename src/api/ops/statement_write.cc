#include "api/ops/statement_write.h"

#include <optional>
#include <vector>

#include "api/keys.h"
#include "api/ops/item_operation.h"
#include "base/limits.h"
#include "expression/condition_node.h"
#include "expression/projection.h"
#include "expression/written_paths.h"
#include "model/attribute_name.h"
#include "storage/index_row.h"

namespace stator {
namespace {

using Op = ConditionOperator;

std::string_view row_key_of_item(const TableDefinition& table, ItemView item, Arena* arena) {
  std::string key;
  append_table_row_key(table, item.attributes(), &key);
  return arena->copy(key);
}

// The condition "the item is there" (or not): its key has attributes.
const ConditionNode* key_condition(Op op, const TableDefinition& table, const ConditionNode* next,
                                   Arena* arena) {
  const PathElement element{.name = table.key.partition.front().name};
  const Operand* const operand = arena->make<Operand>(
      Operand{.kind = OperandKind::path, .path = {{arena->make<PathElement>(element), 1}}});
  return arena->make<ConditionNode>(ConditionNode{.op = op, .operands = operand, .next = next});
}

// A WHERE taken apart: the values of the key, and what else it asks.
class WrittenKey {
 public:
  WrittenKey(const KeySchema& key, StatementScope scope, Arena* arena)
      : key_(key), scope_(scope), arena_(*arena) {}

  Result<void> add(const ConditionNode& node) {
    if (node.op == Op::logical_and) {
      for (const ConditionNode* child = node.children; child != nullptr; child = child->next) {
        TRY(add(*child));
      }
      return {};
    }
    if (!TRY(take_equality(node))) rest_.push_back(&node);
    return {};
  }

  // The key as the bytes of an item.
  Result<std::string_view> item() const {
    std::string bytes;
    ItemWriter writer(&bytes);
    for (const auto& [name, value] : values_) {
      writer.add(name);
      bytes += value.bytes();
    }
    writer.finish();
    if (values_.size() == key_.size()) return arena_.copy(bytes);
    return validation_error(
        scope_ == StatementScope::transaction
            ? "The provided key element does not match the schema"
            : "Where clause does not contain a mandatory equality on all key attributes");
  }

  // The other conditions as a chain; null where there is none.
  const ConditionNode* rest() const {
    const ConditionNode* chain = nullptr;
    for (auto node = rest_.rbegin(); node != rest_.rend(); ++node) {
      ConditionNode* const copy = arena_.make<ConditionNode>(**node);
      copy->next = chain;
      chain = copy;
    }
    return chain;
  }

 private:
  // Takes "key attribute = value"; false for anything else.
  Result<bool> take_equality(const ConditionNode& node) {
    if (node.op != Op::equal) return false;
    const Operand* path = node.operands;
    const Operand* value = path->next;
    if (path->kind == OperandKind::value) std::swap(path, value);
    if (path->kind != OperandKind::path || value->kind != OperandKind::value) return false;
    if (path->path.elements.size() != 1 || !key_.is_key(path->path.attribute())) return false;
    for (const auto& [name, known] : values_) {
      if (name != path->path.attribute()) continue;
      return validation_error("Multiple conditions on same key " + std::string(name) +
                              ". Only single item Update/Insert/Delete are supported");
    }
    values_.emplace_back(path->path.attribute(), value->value);
    return true;
  }

  const KeySchema& key_;
  const StatementScope scope_;
  Arena& arena_;
  std::vector<std::pair<std::string_view, ValueView>> values_;
  std::vector<const ConditionNode*> rest_;
};

// Whether two conditions or more are joined by AND.
const ConditionNode* joined(const ConditionNode* chain, Arena* arena) {
  if (chain->next == nullptr) return chain;
  return arena->make<ConditionNode>(ConditionNode{.op = Op::logical_and, .children = chain});
}

Result<void> plan_insert(const TableDefinition& table, const partiql::Statement& statement,
                         Arena* arena, WritePlan* plan) {
  plan->kind = WriteKind::put;
  plan->item = ItemView::trusted(statement.item);
  if (plan->item.logical_size() > kItemBytesMax) {
    return validation_error("Item size has exceeded the maximum allowed size");
  }
  for (MapView::Cursor c(plan->item.attributes()); c.next();) {
    const std::string_view fault = attribute_name_fault(c.name());
    if (!fault.empty()) return validation_error(std::string(fault));
    if (nesting_levels(c.value()) > kNestingLevelsMax) {
      return validation_error("Nesting Levels have exceeded supported limits");
    }
  }
  TRY(check_key_in_item(table.key, plan->item.attributes()));
  TRY(check_item_for_indexes(table, plan->item));
  plan->condition.emplace(key_condition(Op::attribute_not_exists, table, nullptr, arena),
                          std::span<const std::string_view>());
  return {};
}

Result<void> plan_change(const TableDefinition& table, const partiql::Statement& statement,
                         StatementScope scope, Arena* arena, WritePlan* plan) {
  const bool updates = statement.kind == partiql::StatementKind::update;
  const bool checks = statement.kind == partiql::StatementKind::exists;
  plan->kind = updates ? WriteKind::update : checks ? WriteKind::check : WriteKind::remove;
  plan->update = statement.update;
  WrittenKey key(table.key, scope, arena);
  if (statement.where) TRY(key.add(*statement.where->root()));
  plan->item = ItemView::trusted(TRY(key.item()));
  TRY(check_key(table.key, plan->item.attributes()));
  if (updates) TRY(check_update_paths(table, *statement.update));
  const ConditionNode* chain = key.rest();
  // An UPDATE creates nothing.
  if (updates) chain = key_condition(Op::attribute_exists, table, chain, arena);
  if (chain != nullptr) {
    plan->condition.emplace(joined(chain, arena), std::span<const std::string_view>());
  }
  return {};
}

std::optional<ItemView> part_of(const std::optional<ItemView>& item,
                                std::span<const DocumentPath> paths, std::string* buffer) {
  if (!item) return std::nullopt;
  buffer->clear();
  const ItemView part = project({.paths = paths}, item->attributes(), buffer);
  if (part.attributes().count() == 0) return std::nullopt;
  return part;
}

}  // namespace

Result<WritePlan> plan_statement_write(const TableAccess& table,
                                       const partiql::Statement& statement, StatementScope scope,
                                       Arena* arena) {
  WritePlan plan;
  plan.table = table.table;
  plan.is_statement = true;
  const TableDefinition& definition = table.definition();
  if (statement.kind == partiql::StatementKind::insert) {
    TRY(plan_insert(definition, statement, arena, &plan));
  } else {
    TRY(plan_change(definition, statement, scope, arena, &plan));
  }
  plan.row_key = row_key_of_item(definition, plan.item, arena);
  return plan;
}

bool checks_one_item(const TableDefinition& table, const partiql::Statement& statement,
                     Arena* arena) {
  WrittenKey key(table.key, StatementScope::transaction, arena);
  return statement.where && key.add(*statement.where->root()) && key.item() &&
         key.rest() != nullptr;
}

Error statement_error(const partiql::Statement& statement, Error error) {
  if (statement.kind != partiql::StatementKind::insert ||
      error.code() != ErrorCode::conditional_check_failed) {
    return error;
  }
  return Error(ErrorCode::duplicate_item, "Duplicate primary key exists in table");
}

std::optional<ItemView> returned_item(const partiql::Statement& statement,
                                      const WriteEffect& effect, Scratch* scratch) {
  std::string* const buffer = &scratch->projected;
  switch (statement.returning) {
    case partiql::Returning::all_old:
      return effect.before;
    case partiql::Returning::all_new:
      return effect.after;
    case partiql::Returning::modified_old:
      return part_of(effect.before, statement.update->paths, buffer);
    case partiql::Returning::modified_new: {
      const MapView before = effect.before ? effect.before->attributes() : MapView();
      return part_of(effect.after, written_paths(*statement.update, before, &scratch->arena),
                     buffer);
    }
    default:
      return std::nullopt;
  }
}

}  // namespace stator
