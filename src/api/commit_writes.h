// What writes of items have in common behind the decision: one batch with all that follows from it.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "api/collection_sizes.h"
#include "api/engine.h"
#include "api/write_plan.h"
#include "base/result.h"

namespace stator {

// Reads the item of a plan into its outcome; its row is latched.
//   errors  internal
Result<std::optional<ItemView>> read_stored(const Engine& engine, const WritePlan& plan,
                                            WriteOutcome* outcome);

// The failure of a plan's condition that a fault wants; it brings the item where the plan asks for
// it. The row need not be latched.
//   errors  the failure; internal
Result<void> fail_condition(const Engine& engine, const WritePlan& plan, WriteOutcome* outcome,
                            Error failure);

// Of a decided write: an index that is still backfilled may hold no entry of the item yet, or an
// outdated one.
//   errors  internal
Result<void> look_for_entries(const Engine& engine, const TableDefinition& table,
                              std::vector<IndexWrite>* writes);

// The keys of the plans' rows, in the order of the plans.
std::vector<std::string_view> row_keys(std::span<const WritePlan> plans);

// For each plan the key of its item's collection; empty in a table without local indexes.
std::vector<std::string_view> collection_keys(std::span<const WritePlan> plans, Arena* arena);

// Latches the collections, behind the latches of items.
RowLatches::Held latch_collections(Engine* engine, std::span<const std::string_view> collections);

// Whether one of the effects changes a row.
bool writes_anything(std::span<const WriteOutcome> outcomes);

// Commits what was decided in one batch: items, index rows, sizes of collections, change records,
// and `more`; notes it for reads that lag, and counts it. All rows are latched.
//   errors  internal
Result<void> commit_writes(Engine* engine, std::span<const WritePlan> plans,
                           std::span<WriteOutcome> outcomes, CollectionSizes* sizes,
                           std::span<const RowWrite> more = {});

}  // namespace stator
