#include "api/write_plan.h"

#include "base/limits.h"
#include "capacity/units.h"

namespace stator {
namespace {

// A condition on a missing item sees no attributes at all, not even keys.
Result<void> check_condition(const WritePlan& plan, const std::optional<ItemView>& stored) {
  if (!plan.condition || plan.condition->matches(stored ? stored->attributes() : MapView())) {
    return {};
  }
  Error failed(ErrorCode::conditional_check_failed, "The conditional request failed");
  if (!plan.return_item_on_failure || !stored) return failed;
  return std::move(failed).with_item(std::string(stored->bytes()));
}

// Where the request's values were looked at, only a path into a value can bury one deeper.
Result<void> check_nesting(const WritePlan& plan, ItemView item) {
  for (const DocumentPath& path : plan.update->paths) {
    if (path.elements.size() == 1 && !plan.has_unchecked_nesting) continue;
    const auto value = item.find(path.attribute());
    if (!value || nesting_levels(*value) <= kNestingLevelsMax) continue;
    std::string text = "Nesting Levels have exceeded supported limits";
    if (!plan.is_statement) {
      text += ": Attributes in the item have nested levels beyond supported limit";
    }
    return validation_error(std::move(text));
  }
  return {};
}

Result<std::optional<ItemView>> updated_item(const WritePlan& plan,
                                             const std::optional<ItemView>& stored,
                                             std::string* buffer) {
  const ItemView before = stored ? *stored : plan.item;
  const TableDefinition& table = plan.table->definition;
  if (!plan.update) {
    if (!stored) TRY(check_updated_index_keys(table, {}, MapView(), before.attributes()));
    return std::optional(before);
  }
  if (!stored && !plan.update->creates_item) return std::optional<ItemView>();
  const ItemView after =
      TRY(apply_update(*plan.update, before.attributes(), stored.has_value(), buffer));
  TRY(check_updated_index_keys(table, plan.update->paths, stored ? stored->attributes() : MapView(),
                               after.attributes()));
  if (size_with_local_entries(table, after) > kItemBytesMax) {
    return validation_error("Item size to update has exceeded the maximum allowed size");
  }
  TRY(check_nesting(plan, after));
  return std::optional(after);
}

// AWS charges nothing for what expires, in no index either.
void make_free(WriteEffect* effect) {
  effect->units = {};
  for (IndexWrite& write : effect->indexes) write.erased_units = write.put_units = 0;
}

std::size_t size_of(const std::optional<ItemView>& item) {
  return item ? item->logical_size() : 0;
}

// The item that the write would have made, had its condition held.
std::size_t attempted_size(const WritePlan& plan, const std::optional<ItemView>& stored,
                           std::string* buffer) {
  if (plan.kind == WriteKind::put) return plan.item.logical_size();
  if (plan.kind != WriteKind::update) return 0;
  const Result<std::optional<ItemView>> updated = updated_item(plan, stored, buffer);
  return updated ? size_of(*updated) : 0;
}

}  // namespace

double failed_write_units(const WritePlan& plan, const std::optional<ItemView>& stored,
                          std::string* buffer) {
  return write_units(size_of(stored), attempted_size(plan, stored, buffer));
}

Result<WriteEffect> decide_write(const WritePlan& plan, std::optional<ItemView> stored,
                                 std::string* buffer, Arena* arena) {
  if (plan.expired_within && !has_expired(plan.table->definition, *plan.expired_within, stored)) {
    return WriteEffect();
  }
  TRY(check_condition(plan, stored));
  WriteEffect effect;
  effect.before = stored;
  switch (plan.kind) {
    case WriteKind::put:
      effect.after = plan.item;
      break;
    case WriteKind::update:
      effect.after = TRY(updated_item(plan, stored, buffer));
      break;
    case WriteKind::remove:
      break;
    case WriteKind::check:
      effect.after = stored;
      break;
  }
  effect.writes = plan.kind != WriteKind::check && (effect.before || effect.after);
  effect.units.table = write_units(size_of(effect.before), size_of(effect.after));
  decide_index_writes(plan.table->definition, effect.before, effect.after, arena, &effect.indexes,
                      &effect.units);
  if (plan.table->definition.has_expiry_rows()) {
    effect.expiry = decide_expiry_write(plan.table->definition, plan.row_key, effect.before,
                                        effect.after, arena);
  }
  if (plan.expired_within) make_free(&effect);
  return effect;
}

}  // namespace stator
