#include "api/ops/transact_checks.h"

#include <algorithm>
#include <unordered_set>

#include "api/cancellation.h"
#include "api/index_writes.h"
#include "api/keys.h"
#include "api/reply_options.h"
#include "base/limits.h"
#include "storage/index_row.h"

namespace stator {
namespace {

Result<void> check_key_of(const TransactAction& action, const TableDefinition& table,
                          ItemView item) {
  if (action.kind != ActionKind::put) return check_key(table.key, item.attributes());
  TRY(check_key_in_item(table.key, item.attributes()));
  return check_item_for_indexes(table, item);
}

bool has_duplicates(const std::vector<TransactTarget>& targets) {
  std::unordered_set<std::string_view> seen;
  for (const TransactTarget& target : targets) {
    if (!target.row_key.empty() && !seen.insert(target.row_key).second) return true;
  }
  return false;
}

// Of the actions whose key or item its table cannot have, the first is told.
Result<void> check_keys(std::vector<TransactTarget>* targets) {
  std::vector<std::optional<Error>> failures(targets->size());
  for (std::size_t i = 0; i < targets->size(); ++i) {
    if (!(*targets)[i].key_error) continue;
    failures[i] = std::move((*targets)[i].key_error);
    return cancelled(failures);
  }
  return {};
}

}  // namespace

TransactTarget find_target(const Context& context, const TransactAction& action) {
  TransactTarget target;
  Result<TableAccess> table = find_table(context, *action.request.table_name);
  if (!table) {
    target.table_error = std::move(table).error();
    return target;
  }
  target.table = *std::move(table);
  const TableDefinition& definition = target.table.definition();
  const ItemRequest& request = action.request;
  const ItemView item =
      ItemView::trusted(action.kind == ActionKind::put ? request.item.bytes : request.key.bytes);
  Result<void> checked = check_key_of(action, definition, item);
  if (checked) {
    append_table_row_key(definition, item.attributes(), &target.row_key);
  } else {
    target.key_error = std::move(checked).error();
  }
  return target;
}

Result<void> check_no_empty_key(const TransactAction& action, const TransactTarget& target) {
  const bool is_put = action.kind == ActionKind::put;
  if (is_put && target.table_error) return {};
  const AttributeMap& map = is_put ? action.request.item : action.request.key;
  for (MapView::Cursor c(ItemView::trusted(map.bytes).attributes()); c.next();) {
    const AttributeType type = c.value().type();
    if (type != AttributeType::S && type != AttributeType::B) continue;
    if (!c.value().text().empty()) continue;
    if (is_put && !target.table.definition().key.is_key(c.name())) continue;
    TRY(check_key_value({std::string(c.name()), type}, true, c.value()));
  }
  return {};
}

Result<void> check_targets(std::vector<TransactTarget>* targets, std::size_t payload_bytes) {
  const auto has_table_error = [](const TransactTarget& each) {
    return each.table_error.has_value();
  };
  const auto misplaced = std::find_if(targets->begin(), targets->end(), has_table_error);
  const bool repeats = has_duplicates(*targets);
  if (payload_bytes > kTransactionBytesMax && !repeats) return transaction_too_large();
  // AWS finds keys that do not fit before it compares them, where it knows all tables.
  if (misplaced == targets->end()) TRY(check_keys(targets));
  if (repeats) return transaction_repeats_item();
  if (misplaced != targets->end()) return *std::move(misplaced->table_error);
  return {};
}

}  // namespace stator
