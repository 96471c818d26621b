// What Query and Scan share: Select, projections and the reply of a page.
#pragma once

#include <optional>

#include "api/engine.h"
#include "api/expressions.h"
#include "api/json_writer.h"
#include "api/ops/read_source.h"
#include "api/run_read.h"
#include "api/table_access.h"
#include "base/result.h"

namespace stator {

// Whether Select goes with the projection and the index that the request has.
//   errors  validation
Result<void> check_select_combination(const ItemRequest& request);

// What is wrong with a value in ExclusiveStartKey.
//   errors  validation
Result<void> check_start_values(const ItemRequest& request);

// The plan of a page of the source, but for its range.
//   errors  validation: a global index does not hold what is asked for
Result<PagePlan> plan_page(const Context& context, const ItemRequest& request,
                           const Expressions& expressions, const ReadSource& source);

// Runs the page and writes the whole reply.
//   errors  internal
Result<void> run_page(const Context& context, const TableAccess& table, const PagePlan& plan,
                      JsonWriter* json);

// Moves the range's start (or, backwards, its end) behind a row.
void resume_after(std::string_view row_key, RowRange* range);

}  // namespace stator
