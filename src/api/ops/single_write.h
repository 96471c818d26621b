// What PutItem, UpdateItem and DeleteItem share.
#pragma once

#include <optional>
#include <string_view>

#include "api/engine.h"
#include "api/json_writer.h"
#include "api/run_write.h"
#include "api/table_access.h"
#include "base/result.h"

namespace stator {

// PutItem and DeleteItem know no other.
Result<void> check_returns_old_or_none(const std::optional<std::string_view>& return_values);

// The plan of a write of `item` (or of the item with the key `item`) for the scratch's request;
// its row key is in the scratch memory.
WritePlan plan_write(WriteKind kind, const Context& context, const TableAccess& table,
                     ItemView item);

// Runs it alone; the effect stays good as long as the scratch memory.
//   errors  those of run_write
Result<const WriteOutcome*> run_single_write(const Context& context, const WritePlan& plan);

// The whole reply of a PutItem or DeleteItem: the old item where ReturnValues asks for it, and what
// write_metrics writes.
void write_reply_with_old(const Context& context, const TableAccess& table, const WritePlan& plan,
                          const WriteOutcome& outcome, JsonWriter* json);

// The members ConsumedCapacity and ItemCollectionMetrics, where the request asks for them.
void write_metrics(const Context& context, const TableAccess& table, const WritePlan& plan,
                   const WriteOutcome& outcome, JsonWriter* json);

}  // namespace stator
