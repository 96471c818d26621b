// The metrics of operations on items: how often and how fast they ran, by table.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "api/metrics_text.h"
#include "model/request_counters.h"
#include "model/time_to_live.h"

namespace stator {

inline constexpr std::string_view kTableLabel = "table_name";

// A table's counters. Refers to what outlives it.
struct RequestsRow {
  std::string name;
  const RequestCounters* requests = nullptr;
  const ExpiryProgress* expiry = nullptr;
};

// A stream's counters.
struct StreamsRow {
  std::string table;
  std::string label;
  std::shared_ptr<const StreamCounters> counters;
};

void write_operation_metrics(std::span<const RequestsRow> tables,
                             std::span<const StreamsRow> streams, MetricsText* text);

}  // namespace stator
