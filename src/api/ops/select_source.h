// The reads that a PartiQL SELECT is taken apart into, held against its table.
#pragma once

#include <string>
#include <vector>

#include "api/engine.h"
#include "api/ops/read_source.h"
#include "api/ops/select_access.h"
#include "api/page_plan.h"
#include "api/table_access.h"
#include "base/result.h"
#include "expression/partiql/statement.h"

namespace stator {

// One read: a range of rows, or one item of a table by its whole key.
struct SelectRead {
  RowRange range;
  bool is_item = false;  // then range.first is its row key
};

// A value; refers to the statement and to the table's definition.
struct SelectPlan {
  PagePlan page;  // of every read but for its range and limit
  ReadSource source;
  std::vector<SelectRead> reads;
  bool is_keyed = false;  // else there is one read, of all rows
  bool is_exact = false;  // the reads find just what the condition asks for
};

//   errors  validation, with PartiQL's texts
Result<SelectPlan> plan_select(const Context& context, const TableAccess& table,
                               const partiql::Statement& statement, bool consistent_read);

}  // namespace stator
