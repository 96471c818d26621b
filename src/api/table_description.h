// TableDescription: what CreateTable, DescribeTable, UpdateTable and DeleteTable say of a table.
#pragma once

#include <cstdint>
#include <string_view>

#include "api/json_writer.h"
#include "api/request/table_request.h"
#include "model/table.h"
#include "storage/catalog.h"

namespace stator {

// A table as one reply shows it. A value of references that outlive it.
struct TableDescriptionView {
  const TableDefinition& definition;
  TableStatus status = TableStatus::active;
  std::string_view region;  // of the ARN
  TimePoint now;
  std::int64_t items = 0;
  std::int64_t bytes = 0;  // as AWS bills them: logical sizes and 100 for each item
  TableStatus warm_status = TableStatus::active;
  // The maxima that an UpdateTable asked for: AWS's reply shows those that it removed as -1.
  UnitPair requested_maximum;
};

// With the figures of `statistics`.
TableDescriptionView describe(const Table& table, TableStatus status, std::string_view region,
                              TimePoint now);

// Appends the object.
void write_table_description(const TableDescriptionView& table, JsonWriter* json);

}  // namespace stator
