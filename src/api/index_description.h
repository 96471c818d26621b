// GlobalSecondaryIndexDescription and LocalSecondaryIndexDescription.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "api/json_writer.h"
#include "api/request/shape_reader.h"
#include "model/table.h"
#include "storage/catalog.h"

namespace stator {

// What one reply says of an index beside its definition.
struct IndexReply {
  std::optional<TableStatus> entered;  // the status that the request has put it into
  bool is_warming = false;             // the request has asked for warm throughput
  UnitPair requested_maximum = {};     // see write_on_demand_throughput
};

// An index as one reply shows it. A value of references that outlive it.
struct IndexDescriptionView {
  const IndexDefinition& definition;
  const TableStatistics& statistics;
  const IndexReply& reply;
  std::string_view table_arn;
  TimePoint now;

  // Nullopt once it is gone.
  std::optional<TableStatus> status() const {
    return reply.entered ? reply.entered : definition.status_at(now);
  }

  TableStatus warm_status() const {
    return reply.is_warming ? TableStatus::updating
                            : stator::warm_status(definition.warm_until, now);
  }
};

// Appends the object of an index that is there.
void write_index_description(const IndexDescriptionView& index, JsonWriter* json);

}  // namespace stator
