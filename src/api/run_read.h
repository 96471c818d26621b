// The one place where items are read: one row by its key, or a page of a range.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/engine.h"
#include "api/json_writer.h"
#include "api/page_plan.h"
#include "base/result.h"
#include "capacity/consumption.h"
#include "capacity/units.h"
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

// An item that a request asks for by its key.
struct ItemRead {
  const TableDefinition* table = nullptr;
  std::string_view row_key;
  Consistency consistency = Consistency::eventual;
  TimePoint now{};
};

// The same for a request: admitted by the table's capacity, and charged.
//   errors  throttles; internal
Result<std::optional<ItemView>> run_item_read(Engine* engine, const ItemRead& read,
                                              std::string* buffer);

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
//   errors  throttles; internal
Result<PageOutcome> run_read(Engine* engine, const PagePlan& plan, std::string* buffer,
                             JsonWriter* json);

}  // namespace stator
