// TableDescription: what CreateTable, DescribeTable, UpdateTable and DeleteTable say of a table.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "api/index_description.h"
#include "api/json_writer.h"
#include "api/request/shape_reader.h"
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
  bool is_encryption_changing = false;
  UnitPair requested_maximum;  // see write_on_demand_throughput
  // Both in the order of definition.indexes.
  const std::vector<std::shared_ptr<TableStatistics>>& index_statistics;
  std::vector<IndexReply> indexes;
};

// With the figures of `statistics`.
TableDescriptionView describe(const Table& table, TableStatus status, std::string_view region,
                              TimePoint now);

// Appends the object.
void write_table_description(const TableDescriptionView& table, JsonWriter* json);

}  // namespace stator
