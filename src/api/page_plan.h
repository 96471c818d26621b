// A page of rows: where, which of them count, what of them shows.
#pragma once

#include <cstdint>
#include <optional>

#include "capacity/units.h"
#include "expression/condition.h"
#include "expression/projection.h"
#include "model/table.h"
#include "stator/clock.h"
#include "storage/store.h"

namespace stator {

// A value; what it points at lives as long as the request.
struct PagePlan {
  const TableDefinition* table = nullptr;
  const IndexDefinition* index = nullptr;  // null: the rows of the table itself
  bool fetch = false;  // of a local index: filter its entries, but show the items of the table
  RowRange range;
  bool one_collection = false;  // whether the range lies under one partition key
  std::optional<Condition> filter;
  std::optional<Projection> projection;
  bool count_only = false;
  std::uint64_t limit = UINT64_MAX;  // items evaluated, before the filter
  Consistency consistency = Consistency::eventual;
  TimePoint now{};                  // of the request
  std::optional<TimePoint> cutoff;  // of a read that lags: the rows as they were then

  const KeySchema& key() const { return index != nullptr ? index->key : table->key; }
};

}  // namespace stator
