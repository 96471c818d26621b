// GET /_stator/partitions?table=T: where a table and its global indexes lie, what their buckets
// hold, what they consumed and refused in the last hour, and their hottest keys.
#include <algorithm>
#include <string>

#include "api/capacity_modes.h"
#include "api/capacity_snapshot.h"
#include "api/control.h"
#include "api/position_json.h"
#include "api/table_access.h"

namespace stator {
namespace {

constexpr std::array<std::string_view, 5> kLevelNames = {"account", "max_on_demand", "provisioned",
                                                         "scaled", "partition"};
constexpr std::array<std::string_view, kDirections> kDirectionNames = {"read", "write"};

void write_time(std::string_view name, TimePoint time, JsonWriter* json) {
  json->member(name);
  json->time(time);
}

void write_bucket_members(const TokenBucket& bucket, JsonWriter* json) {
  json->real_member("units_per_second", bucket.flow().rate);
  json->real_member("saved_max", bucket.flow().depth);
  json->real_member("units", bucket.tokens());
}

// The rows have one number for each column; what was refused counts requests, the rest are units.
void write_traffic(const std::vector<TrafficSeries::Slot>& slots, std::int64_t slot_seconds,
                   JsonWriter* json) {
  json->member("last_hour");
  json->begin_object();
  json->integer_member("slot_seconds", slot_seconds);
  json->member("columns");
  json->begin_array();
  for (const std::string_view column :
       {"second", "consumed_read_per_second", "consumed_write_per_second",
        "throttled_read_per_second", "throttled_write_per_second", "refused_reads_per_second",
        "refused_writes_per_second"}) {
    json->element();
    json->string(column);
  }
  json->end_array();
  json->member("rows");
  json->begin_array();
  for (const TrafficSeries::Slot& slot : slots) {
    json->element();
    json->begin_array();
    json->element();
    json->integer(slot.second);
    const auto write = [&](const auto& by_direction) {
      for (const auto value : by_direction) {
        json->element();
        json->real(static_cast<double>(value) / static_cast<double>(slot_seconds));
      }
    };
    write(slot.traffic.consumed);
    write(slot.traffic.throttled);
    write(slot.traffic.refusals);
    json->end_array();
  }
  json->end_array();
  json->end_object();
}

void write_levels(const ResourceSnapshot& resource, JsonWriter* json) {
  json->member("levels");
  json->begin_object();
  for (std::size_t direction = 0; direction < kDirections; ++direction) {
    json->member(kDirectionNames[direction]);
    json->begin_array();
    for (const DirectionMeter::Level& level : resource.levels[direction]) {
      json->element();
      json->begin_object();
      json->member("limit", kLevelNames[static_cast<std::size_t>(level.level)]);
      write_bucket_members(level.bucket, json);
      json->end_object();
    }
    json->end_array();
  }
  json->end_object();
}

// From the first hash, or the first key in it, to the last hash; a partition that ends inside of a
// hash shares it with the next one.
void write_range(const PartitionMap& map, std::size_t place, const KeySchema& key,
                 JsonWriter* json) {
  const Partition& partition = map.partitions()[place];
  json->member("range");
  json->begin_object();
  json->member("first_hash");
  write_hash(partition.first_hash, json);
  json->member("last_hash");
  write_hash(map.last_hash(place), json);
  if (!partition.first_key.empty()) {
    json->member("first_key");
    write_position_key(partition.position(), key, json);
  }
  json->end_object();
}

void write_buckets(const std::vector<TokenBucket>& buckets, JsonWriter* json) {
  json->member("buckets");
  json->begin_object();
  for (std::size_t direction = 0; direction < buckets.size(); ++direction) {
    json->member(kDirectionNames[direction]);
    json->begin_object();
    write_bucket_members(buckets[direction], json);
    json->end_object();
  }
  json->end_object();
}

void write_lineage(std::uint32_t id, std::uint32_t parent, TimePoint born, JsonWriter* json) {
  json->integer_member("id", id);
  if (parent != 0) json->integer_member("parent", parent);
  write_time("born", born, json);
}

void write_partitions(const ResourceSnapshot& resource, const KeySchema& key, JsonWriter* json) {
  json->member("partitions");
  json->begin_array();
  for (std::size_t i = 0; i < resource.partitions.size(); ++i) {
    const Partition& partition = resource.map.partitions()[i];
    json->element();
    json->begin_object();
    write_lineage(partition.id, partition.parent, partition.born, json);
    write_range(resource.map, i, key, json);
    write_buckets(resource.partitions[i].buckets, json);
    write_traffic(resource.partitions[i].traffic, ConsumptionLog::kPartitionSlotSeconds, json);
    json->end_object();
  }
  json->end_array();
}

void write_former_partitions(const ResourceSnapshot& resource, JsonWriter* json) {
  json->member("former_partitions");
  json->begin_array();
  for (const FormerPartition& former : resource.map.former()) {
    json->element();
    json->begin_object();
    write_lineage(former.id, former.parent, former.born, json);
    write_time("ended", former.ended, json);
    const auto traffic =
        std::find_if(resource.former.begin(), resource.former.end(),
                     [&](const PartitionSnapshot& each) { return each.id == former.id; });
    if (traffic != resource.former.end()) {
      write_traffic(traffic->traffic, ConsumptionLog::kPartitionSlotSeconds, json);
    }
    json->end_object();
  }
  json->end_array();
}

void write_hot_keys(std::string_view name, const HotKeySnapshot& report, const KeySchema& key,
                    JsonWriter* json) {
  json->member(name);
  json->begin_object();
  json->real_member("units_of_all_keys", report.total);
  json->real_member("error_max", report.total / static_cast<double>(HotKeys::kCountersMax));
  json->member("keys");
  json->begin_array();
  for (const HotKey& hot : report.keys) {
    json->element();
    json->begin_object();
    json->member("key");
    write_position_key(hot.key, key, json);
    json->real_member("units", hot.units);
    json->real_member("error", hot.error);
    json->end_object();
  }
  json->end_array();
  json->end_object();
}

void write_sketch(std::string_view name, std::string_view unit, const SketchSnapshot& sketch,
                  const KeySchema& key, JsonWriter* json) {
  json->member(name);
  json->begin_object();
  json->member("unit", unit);
  write_hot_keys("collections", sketch.collections, key, json);
  if (!key.sort.empty()) write_hot_keys("items", sketch.items, key, json);
  json->end_object();
}

void write_hot_keys(const ResourceSnapshot& resource, const KeySchema& key, JsonWriter* json) {
  json->member("hot_keys");
  json->begin_object();
  json->member("sketch", "Space-Saving");
  json->integer_member("counters", HotKeys::kCountersMax);
  json->integer_member("half_life_seconds", std::chrono::seconds(HotKeys::kHalfLife).count());
  write_sketch("used", "3 x write units + read units", resource.used, key, json);
  write_sketch("throttled", "requests", resource.throttled, key, json);
  json->end_object();
}

void write_rates(std::string_view name, const UnitRates& rates, JsonWriter* json) {
  json->member(name);
  json->begin_object();
  if (rates.read >= 0) json->real_member("read", rates.read);
  if (rates.write >= 0) json->real_member("write", rates.write);
  json->end_object();
}

void write_limits(const ResourceLimits& limits, JsonWriter* json) {
  const bool provisioned = limits.billing == BillingMode::provisioned;
  json->member("limits");
  json->begin_object();
  if (provisioned) write_rates("provisioned", limits.provisioned, json);
  if (!provisioned) write_rates("on_demand_maximum", limits.on_demand_maximum, json);
  write_rates("warm", limits.warm, json);
  json->end_object();
}

void write_resource(const TableDefinition& table, const ResourceSnapshot& resource,
                    JsonWriter* json) {
  const auto index =
      std::find_if(table.indexes.begin(), table.indexes.end(), [&](const IndexDefinition& each) {
        return !resource.index.empty() && each.name == resource.index && !each.is_deleted();
      });
  const bool is_table = index == table.indexes.end();
  const KeySchema& key = is_table ? table.key : index->key;
  json->begin_object();
  if (!is_table) json->member("index", index->name);
  write_limits(is_table ? limits_of(table) : limits_of(table, *index), json);
  write_levels(resource, json);
  write_traffic(resource.traffic, 1, json);
  write_partitions(resource, key, json);
  write_former_partitions(resource, json);
  write_hot_keys(resource, key, json);
  json->end_object();
}

Result<const Table*> find_reported(const Catalog& catalog, const ControlContext& context) {
  if (context.query.empty()) return validation_error("the parameter table is missing");
  const std::string& name = context.query.front().value;
  const QualifiedName named = parse_qualified_name(name);
  const Table* const table = catalog.find(named.space, named.name, context.now);
  if (table == nullptr) return validation_error("no such table: " + name);
  return table;
}

}  // namespace

Result<void> show_partitions(const ControlContext& context, JsonWriter* json) {
  const CatalogSnapshot catalog = context.engine.catalog->snapshot();
  const Table* const found = TRY(find_reported(*catalog, context));
  CapacityControl& capacity = context.engine.capacity;
  const CapacitySnapshot report =
      capacity.capacity(found->definition, context.now)
          ->report(*context.engine.catalog, found->definition, context.now);
  const TableDefinition& table = report.table->definition;
  json->begin_object();
  json->member("table", qualified_name(table.space, table.name));
  write_time("time", context.now, json);
  json->member("capacity", name_of(capacity.mode(table)));
  json->member("billing",
               table.billing == BillingMode::provisioned ? "PROVISIONED" : "PAY_PER_REQUEST");
  json->member("resources");
  json->begin_array();
  for (const ResourceSnapshot& resource : report.resources) {
    json->element();
    write_resource(table, resource, json);
  }
  json->end_array();
  json->end_object();
  return {};
}

}  // namespace stator
