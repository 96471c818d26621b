// GET /metrics: CloudWatch's metrics of tables, indexes and operations; docs/metrics.md lists them.
//
// Source: AWS developer guide, "DynamoDB metrics and dimensions".
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "api/capacity_snapshot.h"
#include "api/control.h"
#include "api/metrics_text.h"
#include "api/operation_metrics.h"
#include "api/table_access.h"
#include "base/limits.h"

namespace stator {
namespace {

constexpr std::string_view kIndexLabel = "global_secondary_index_name";

// A table or a global index of it. Refers to the catalog.
struct ResourceRow {
  std::string table;       // with its namespace where there are several
  std::string_view index;  // empty: the table
  ResourceLimits limits;
  std::size_t partitions = 0;
  ResourceTotals totals;
  std::optional<int> backfilled_percent;  // of an index that is being added
};

struct Snapshot {
  CatalogSnapshot catalog;
  std::vector<RequestsRow> tables;
  std::vector<StreamsRow> streams;
  std::vector<ResourceRow> resources;
};

void append_rows(const Table& table, const std::vector<ResourceTotals>& totals, TimePoint now,
                 Snapshot* snapshot) {
  const TableDefinition& definition = table.definition;
  const auto append = [&](std::string_view index, const ResourceLimits& limits,
                          const PartitionMap& partitions) {
    ResourceRow row{.table = qualified_name(definition.space, definition.name),
                    .index = index,
                    .limits = limits,
                    .partitions = partitions.count(),
                    .totals = {},
                    .backfilled_percent = {}};
    for (const ResourceTotals& each : totals) {
      if (each.index == index) row.totals = each;
    }
    snapshot->resources.push_back(std::move(row));
  };
  snapshot->tables.push_back({.name = qualified_name(definition.space, definition.name),
                              .requests = table.requests.get(),
                              .expiry = table.expiry.get()});
  append("", limits_of(definition), definition.partitions);
  for (std::size_t i = 0; i < definition.indexes.size(); ++i) {
    const IndexDefinition& index = definition.indexes[i];
    if (index.kind == IndexKind::local || !index.status_at(now)) continue;
    append(index.name, limits_of(definition, index), index.partitions);
    if (!index.allocated || index.status_at(now) != TableStatus::creating) continue;
    snapshot->resources.back().backfilled_percent =
        index.built ? 100 : table.index_statistics[i]->backfilled_percent.load();
  }
}

Snapshot take_snapshot(Engine* engine, TimePoint now) {
  Snapshot snapshot;
  snapshot.catalog = engine->catalog->snapshot();
  for (const auto& [name, table] : snapshot.catalog->tables()) {
    if (!table->definition.status_at(now)) continue;
    const auto capacity = engine->capacity.known_capacity(table->definition);
    append_rows(*table, capacity == nullptr ? std::vector<ResourceTotals>() : capacity->totals(),
                now, &snapshot);
  }
  for (const auto& [keyspace, stream] : engine->streams->snapshot()->all()) {
    const Stream& definition = stream->definition();
    snapshot.streams.push_back({.table = qualified_name(definition.space, definition.table),
                                .label = stream_label(definition.created),
                                .counters = stream->counters()});
  }
  return snapshot;
}

// ---- By table and index ----

// One family with a value for those resources that have it.
struct ResourceFamily {
  MetricFamily family;
  bool (*has)(const ResourceRow&);
  double (*value)(const ResourceRow&);
};

bool always(const ResourceRow&) {
  return true;
}
bool is_provisioned(const ResourceRow& row) {
  return row.limits.billing == BillingMode::provisioned;
}

constexpr std::array<ResourceFamily, 8> kResourceFamilies = {{
    {{"dynamodb_consumed_read_capacity_units_total", MetricKind::counter,
      "ConsumedReadCapacityUnits: read units that were consumed."},
     always,
     [](const ResourceRow& row) { return row.totals.consumed[0]; }},
    {{"dynamodb_consumed_write_capacity_units_total", MetricKind::counter,
      "ConsumedWriteCapacityUnits: write units that were consumed."},
     always,
     [](const ResourceRow& row) { return row.totals.consumed[1]; }},
    {{"dynamodb_provisioned_read_capacity_units", MetricKind::gauge,
      "ProvisionedReadCapacityUnits: per second."},
     is_provisioned,
     [](const ResourceRow& row) { return row.limits.provisioned.read; }},
    {{"dynamodb_provisioned_write_capacity_units", MetricKind::gauge,
      "ProvisionedWriteCapacityUnits: per second."},
     is_provisioned,
     [](const ResourceRow& row) { return row.limits.provisioned.write; }},
    {{"dynamodb_on_demand_max_read_request_units", MetricKind::gauge,
      "OnDemandMaxReadRequestUnits: per second, where a maximum is set."},
     [](const ResourceRow& row) { return row.limits.on_demand_maximum.read >= 0; },
     [](const ResourceRow& row) { return row.limits.on_demand_maximum.read; }},
    {{"dynamodb_on_demand_max_write_request_units", MetricKind::gauge,
      "OnDemandMaxWriteRequestUnits: per second, where a maximum is set."},
     [](const ResourceRow& row) { return row.limits.on_demand_maximum.write >= 0; },
     [](const ResourceRow& row) { return row.limits.on_demand_maximum.write; }},
    {{"dynamodb_online_index_percentage_progress", MetricKind::gauge,
      "OnlineIndexPercentageProgress: how much of the table the new index holds."},
     [](const ResourceRow& row) { return row.backfilled_percent.has_value(); },
     [](const ResourceRow& row) { return static_cast<double>(*row.backfilled_percent); }},
    {{"stator_partitions", MetricKind::gauge, "Partitions of the table or index."},
     always,
     [](const ResourceRow& row) { return static_cast<double>(row.partitions); }},
}};

// The labels of a resource, and one more behind them.
class ResourceLabels {
 public:
  explicit ResourceLabels(const ResourceRow& row) {
    add(kTableLabel, row.table);
    if (!row.index.empty()) add(kIndexLabel, row.index);
  }
  ResourceLabels& add(std::string_view name, std::string_view value) {
    labels_[count_++] = {name, value};
    return *this;
  }
  std::span<const MetricLabel> labels() const { return {labels_.data(), count_}; }

 private:
  std::array<MetricLabel, 3> labels_;
  std::size_t count_ = 0;
};

void write_resources(const Snapshot& snapshot, MetricsText* text) {
  for (const ResourceFamily& each : kResourceFamilies) {
    text->begin(each.family);
    for (const ResourceRow& row : snapshot.resources) {
      if (each.has(row)) text->sample("", ResourceLabels(row).labels(), each.value(row));
    }
  }
}

constexpr std::array<std::string_view, kDirections> kDirectionWords = {"read", "write"};
constexpr std::array<std::string_view, kDirections> kDirectionNames = {"Read", "Write"};

// Of a throttle's limit: a word of our names, and one of CloudWatch's.
struct LimitWord {
  std::string_view word;
  std::string_view name;
};
constexpr std::array<LimitWord, kThrottleLimits> kLimitWords = {{
    {"key_range_throughput_", "KeyRangeThroughput"},
    {"provisioned_throughput_", "ProvisionedThroughput"},
    {"max_on_demand_throughput_", "MaxOnDemandThroughput"},
    {"account_limit_", "AccountLimit"},
}};

// Throttle events of one direction: `count` of each resource.
template <typename Count>
void write_events(const Snapshot& snapshot, std::size_t direction, const LimitWord& limit,
                  const Count& count, MetricsText* text) {
  std::string name = "dynamodb_";
  name.append(kDirectionWords[direction]).append("_").append(limit.word);
  name.append("throttle_events_total");
  std::string help(kDirectionNames[direction]);
  help.append(limit.name).append("ThrottleEvents: requests to the table or index that were ");
  help.append(limit.name.empty() ? "throttled." : "throttled for this limit.");
  text->begin({.name = name, .kind = MetricKind::counter, .help = help});
  for (const ResourceRow& row : snapshot.resources) {
    text->sample("", ResourceLabels(row).labels(),
                 static_cast<double>(count(row.totals.throttled[direction])));
  }
}

void write_throttle_events(const Snapshot& snapshot, MetricsText* text) {
  using LimitCounts = ResourceTotals::LimitCounts;
  for (std::size_t direction = 0; direction < kDirections; ++direction) {
    const auto sum = [](const LimitCounts& counts) {
      return counts[0] + counts[1] + counts[2] + counts[3];
    };
    write_events(snapshot, direction, {}, sum, text);
    for (std::size_t limit = 0; limit < kThrottleLimits; ++limit) {
      const auto one = [limit](const LimitCounts& counts) { return counts[limit]; };
      write_events(snapshot, direction, kLimitWords[limit], one, text);
    }
  }
}

void write_observed_events(const Snapshot& snapshot, MetricsText* text) {
  text->begin({.name = "stator_observed_throttle_events_total",
               .kind = MetricKind::counter,
               .help = "Requests that ran because capacity is only observed, and that AWS would "
                       "have throttled for this reason."});
  for (const ResourceRow& row : snapshot.resources) {
    for (std::size_t i = 0; i < kDirections * kThrottleLimits; ++i) {
      const ThrottleReason reason{
          .resource = row.index.empty() ? ResourceKind::table : ResourceKind::index,
          .direction = static_cast<Direction>(i / kThrottleLimits),
          .limit = static_cast<ThrottleLimit>(i % kThrottleLimits)};
      const std::uint64_t count = row.totals.observed[i / kThrottleLimits][i % kThrottleLimits];
      if (count == 0) continue;
      text->sample("", ResourceLabels(row).add("reason", reason.name()).labels(),
                   static_cast<double>(count));
    }
  }
}

// ---- Of the account ----

void write_one(const MetricFamily& family, double value, MetricsText* text) {
  text->begin(family);
  text->sample("", {}, value);
}

void write_quotas(MetricsText* text) {
  constexpr MetricKind kGauge = MetricKind::gauge;
  constexpr auto kAccountMax = static_cast<double>(kAccountUnitsMax);
  constexpr auto kTableMax = static_cast<double>(kTableUnitsMax);
  write_one({"dynamodb_account_max_reads", kGauge, "AccountMaxReads: units per second."},
            kAccountMax, text);
  write_one({"dynamodb_account_max_writes", kGauge, "AccountMaxWrites: units per second."},
            kAccountMax, text);
  write_one({"dynamodb_account_max_table_level_reads", kGauge,
             "AccountMaxTableLevelReads: units per second."},
            kTableMax, text);
  write_one({"dynamodb_account_max_table_level_writes", kGauge,
             "AccountMaxTableLevelWrites: units per second."},
            kTableMax, text);
}

double percent(double part, std::int64_t whole) {
  return 100 * part / static_cast<double>(whole);
}

void write_utilization(const Snapshot& snapshot, Direction direction, MetricsText* text) {
  double sum = 0;
  double greatest = 0;
  for (const ResourceRow& row : snapshot.resources) {
    if (!is_provisioned(row)) continue;
    sum += row.limits.provisioned.of(direction);
    greatest = std::max(greatest, row.limits.provisioned.of(direction));
  }
  const bool reads = direction == Direction::read;
  write_one({reads ? "dynamodb_account_provisioned_read_capacity_utilization"
                   : "dynamodb_account_provisioned_write_capacity_utilization",
             MetricKind::gauge,
             reads ? "AccountProvisionedReadCapacityUtilization: percent of the account's quota."
                   : "AccountProvisionedWriteCapacityUtilization: percent of the account's quota."},
            percent(sum, kAccountUnitsMax), text);
  write_one({reads ? "dynamodb_max_provisioned_table_read_capacity_utilization"
                   : "dynamodb_max_provisioned_table_write_capacity_utilization",
             MetricKind::gauge,
             reads ? "MaxProvisionedTableReadCapacityUtilization: percent of a table's quota."
                   : "MaxProvisionedTableWriteCapacityUtilization: percent of a table's quota."},
            percent(greatest, kTableUnitsMax), text);
}

}  // namespace

Result<void> show_metrics(const ControlContext& context, std::string* body) {
  const Snapshot snapshot = take_snapshot(&context.engine, context.now);
  MetricsText text(body);
  write_resources(snapshot, &text);
  write_throttle_events(snapshot, &text);
  write_observed_events(snapshot, &text);
  write_operation_metrics(snapshot.tables, snapshot.streams, &text);
  write_one({"dynamodb_user_errors_total", MetricKind::counter,
             "UserErrors: requests that were answered with status 400, but for throttled ones and "
             "failed conditions."},
            static_cast<double>(context.engine.request_metrics.user_errors()), &text);
  write_quotas(&text);
  write_utilization(snapshot, Direction::read, &text);
  write_utilization(snapshot, Direction::write, &text);
  return {};
}

}  // namespace stator
