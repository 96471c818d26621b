// The one place where items are read: one row by its key, or a page of a range.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/engine.h"
#include "api/json_writer.h"
#include "base/result.h"
#include "capacity/consumption.h"
#include "capacity/units.h"
#include "expression/condition.h"
#include "expression/projection.h"
#include "model/item.h"
#include "model/table.h"
#include "stator/clock.h"
#include "storage/row_history.h"

namespace stator {

// What a read of a table's items at `now` looks at: the present, unless such reads lag.
Moment moment_of_read(const Engine& engine, const TableDefinition& table, Consistency consistency,
                      TimePoint now);

// The item under a row key, if there is one; its bytes are in *buffer.
Result<std::optional<ItemView>> read_item(const Engine& engine, std::string_view row_key,
                                          std::string* buffer, const Moment& moment = {});

// A page of rows: where, which of them count, what of them shows.
struct PagePlan {
  const TableDefinition* table = nullptr;
  const IndexDefinition* index = nullptr;  // null: the rows of the table itself
  bool fetch = false;  // of a local index: filter and show the items of the table, not the entries
  RowRange range;
  std::optional<Condition> filter;
  std::optional<Projection> projection;
  bool count_only = false;
  std::uint64_t limit = UINT64_MAX;  // items evaluated, before the filter
  Consistency consistency = Consistency::eventual;
  std::optional<TimePoint> cutoff;  // of a read that lags: the rows as they were then
};

// What a page came to, beside the items themselves.
struct PageOutcome {
  std::uint64_t count = 0;    // items that passed the filter
  std::uint64_t scanned = 0;  // items evaluated
  Consumption units;          // each partition that was read is rounded up by itself
  // The keys of the table and the index of the last item evaluated, where the limit or 1 MB ended
  // the page, even if nothing follows; an item.
  std::optional<std::string> last_key;
};

// Evaluates rows until the range, the limit or 1 MB ends, and writes those that pass as elements
// of a JSON array (nothing when the plan only counts).
//   buffer  for projected items
//   errors  internal
Result<PageOutcome> run_read(const Engine& engine, const PagePlan& plan, std::string* buffer,
                             JsonWriter* json);

}  // namespace stator
