#include "simulate/workload_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/time_text.h"
#include "simulate/load_reader.h"
#include "simulate/object_fields.h"

namespace stator {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kTablesInWorkloadMax = 16;
constexpr std::size_t kPhasesMax = 200;
constexpr std::size_t kLoadsMax = 32;
constexpr std::size_t kUpdatesMax = 16;
constexpr std::size_t kAttributesMax = 8;
constexpr std::chrono::milliseconds kDurationsMax = 31 * 24h;

constexpr std::array<std::string_view, 2> kModeNames = {"enforce", "off"};
constexpr std::array<CapacityMode, 2> kModes = {CapacityMode::enforce, CapacityMode::off};
constexpr std::array<std::string_view, 2> kBurstNames = {"none", "full"};

// What may stand anywhere in a CreateTable or UpdateTable request. The database passes over members
// that it does not know, as AWS does; in a file that a person wrote they are mistakes.
constexpr std::array<std::string_view, 29> kRequestMembers = {
    "AttributeDefinitions",
    "AttributeName",
    "AttributeType",
    "BillingMode",
    "DeletionProtectionEnabled",
    "GlobalSecondaryIndexUpdates",
    "GlobalSecondaryIndexes",
    "IndexName",
    "Key",
    "KeySchema",
    "KeyType",
    "LocalSecondaryIndexes",
    "MaxReadRequestUnits",
    "MaxWriteRequestUnits",
    "NonKeyAttributes",
    "OnDemandThroughput",
    "Projection",
    "ProjectionType",
    "ProvisionedThroughput",
    "ReadCapacityUnits",
    "ReadUnitsPerSecond",
    "TableClass",
    "TableName",
    "Tags",
    "Update",
    "Value",
    "WarmThroughput",
    "WriteCapacityUnits",
    "WriteUnitsPerSecond",
};

Result<void> check_members(const FileValue& value) {
  for (const JsonNode& node : value.node->members) {
    const FileValue member{&node, fmt::format("{}.{}", value.path, node.name)};
    const auto known = std::find(kRequestMembers.begin(), kRequestMembers.end(), node.name);
    if (known == kRequestMembers.end()) {
      return member.fault("not a member that a simulation takes");
    }
    TRY(check_members(member));
  }
  for (std::size_t i = 0; i < value.node->elements.size(); ++i) {
    TRY(check_members({&value.node->elements[i], fmt::format("{}[{}]", value.path, i)}));
  }
  return {};
}

struct NamedRequest {
  std::string table;
  ControlRequest request;
};

// A CreateTable or UpdateTable request.
Result<NamedRequest> read_request(const FileValue& value) {
  ObjectFields fields = TRY(ObjectFields::of(value));
  NamedRequest read;
  read.table = TRY(read_text(TRY(fields.require("TableName"))));
  TRY(check_members(value));
  read.request = {value.place(), std::string(value.node->source)};
  return read;
}

Result<AttributeSetup> read_attribute(const FileValue& value, std::string name) {
  ObjectFields fields = TRY(ObjectFields::of(value));
  AttributeSetup attribute;
  attribute.place = value.place();
  attribute.name = std::move(name);
  attribute.values = TRY(read_key_choice(TRY(fields.require("values"))));
  TRY(fields.read("share", &attribute.share, [](const FileValue& share) {
    return read_number(share, {0, 1});
  }));
  TRY(fields.finish());
  if (attribute.values.distribution == KeyDistribution::sequential) {
    return value.fault("values are drawn: uniform, zipf or hot");
  }
  return attribute;
}

Result<void> read_attributes(const FileValue& value, TableSetup* table) {
  TRY(ObjectFields::of(value));
  if (value.node->members.size() > kAttributesMax) {
    return value.fault(fmt::format("must have at most {} members", kAttributesMax));
  }
  for (const JsonNode& node : value.node->members) {
    const FileValue attribute{&node, fmt::format("{}.{}", value.path, node.name)};
    table->attributes.push_back(TRY(read_attribute(attribute, node.name)));
  }
  return {};
}

Result<ItemsSetup> read_items(const FileValue& value) {
  const auto count = [](const FileValue& each) { return read_count(each, {1, kKeysMax}); };
  ObjectFields fields = TRY(ObjectFields::of(value));
  ItemsSetup items;
  items.place = value.place();
  items.partition_keys =
      static_cast<std::uint32_t>(TRY(count(TRY(fields.require("partition_keys")))));
  TRY(fields.read("sort_keys", &items.sort_keys, count));
  TRY(fields.read("bytes", &items.bytes, read_bytes));
  TRY(fields.finish());
  return items;
}

Result<TableSetup> read_table(const FileValue& value) {
  ObjectFields fields = TRY(ObjectFields::of(value));
  NamedRequest create = TRY(read_request(TRY(fields.require("create"))));
  TableSetup table;
  table.place = value.place();
  table.name = std::move(create.table);
  table.create = std::move(create.request);
  if (const auto mode = fields.take("capacity")) {
    table.mode = kModes[TRY(read_choice(*mode, kModeNames))];
  }
  if (const auto attributes = fields.take("attributes")) {
    TRY(read_attributes(*attributes, &table));
  }
  if (const auto items = fields.take("items")) table.items = TRY(read_items(*items));
  TRY(fields.finish());
  return table;
}

Result<void> check_table(const Workload& workload, const FileValue& value, std::string_view name) {
  const auto is_name = [name](const TableSetup& table) { return table.name == name; };
  if (std::any_of(workload.tables.begin(), workload.tables.end(), is_name)) return {};
  return value.fault(fmt::format("there is no table {}", name));
}

Result<void> read_updates(const FileValue& value, const Workload& workload, Phase* phase) {
  for (const FileValue& update : TRY(read_list(value, kUpdatesMax))) {
    NamedRequest read = TRY(read_request(update));
    const FileValue name{update.node->find("TableName"), update.path + ".TableName"};
    TRY(check_table(workload, name, read.table));
    phase->updates.push_back(std::move(read.request));
  }
  return {};
}

Result<void> read_loads(const FileValue& value, const Workload& workload, Phase* phase) {
  for (const FileValue& each : TRY(read_list(value, kLoadsMax))) {
    Load load = TRY(read_load(each));
    TRY(check_table(workload, {each.node->find("table"), each.path + ".table"}, load.table));
    if (load.name.empty()) load.name = fmt::format("loads[{}]", phase->loads.size());
    phase->loads.push_back(std::move(load));
  }
  return {};
}

Result<Phase> read_phase(const FileValue& value, const Workload& workload) {
  ObjectFields fields = TRY(ObjectFields::of(value));
  Phase phase;
  phase.place = value.place();
  phase.name = fmt::format("phase {}", workload.phases.size() + 1);
  TRY(fields.read("name", &phase.name, read_text));
  const FileValue duration = TRY(fields.require("duration"));
  phase.duration = TRY(read_duration(duration, kDurationsMax));
  if (phase.duration < 1s) return duration.fault("must be at least a second");
  if (const auto updates = fields.take("updates")) TRY(read_updates(*updates, workload, &phase));
  if (const auto loads = fields.take("loads")) TRY(read_loads(*loads, workload, &phase));
  TRY(fields.finish());
  if (workload.duration() + phase.duration > kDurationsMax) {
    return duration.fault("all phases together must not last longer than 31d");
  }
  return phase;
}

Result<void> read_tables(const FileValue& value, Workload* workload) {
  const std::vector<FileValue> tables = TRY(read_list(value, kTablesInWorkloadMax));
  if (tables.empty()) return value.fault("must have a table");
  for (const FileValue& table : tables) workload->tables.push_back(TRY(read_table(table)));
  return {};
}

Result<void> read_phases(const FileValue& value, Workload* workload) {
  const std::vector<FileValue> phases = TRY(read_list(value, kPhasesMax));
  if (phases.empty()) return value.fault("must have a phase");
  for (const FileValue& phase : phases) {
    workload->phases.push_back(TRY(read_phase(phase, *workload)));
  }
  return {};
}

Result<TimePoint> read_start(const FileValue& value) {
  Result<TimePoint> start = parse_time(TRY(read_text(value)));
  if (!start) return value.fault(start.error().message());
  return *start;
}

}  // namespace

std::chrono::microseconds Workload::duration() const {
  std::chrono::microseconds sum{0};
  for (const Phase& phase : phases) sum += phase.duration;
  return sum;
}

Result<Workload> parse_workload(std::string_view text) {
  if (text.size() > kWorkloadBytesMax) return validation_error("1: the file is larger than 1 MB");
  const JsonNode root = TRY(parse_json_document(text));
  ObjectFields fields = TRY(ObjectFields::of({&root, ""}));
  Workload workload;
  workload.start = *parse_time("2026-01-01T00:00:00Z");
  TRY(fields.read("title", &workload.title, read_text));
  TRY(fields.read("seed", &workload.seed, [](const FileValue& seed) {
    return read_count(seed, {0, 0x1p53});
  }));
  TRY(fields.read("start", &workload.start, read_start));
  TRY(fields.read("burst_at_start", &workload.burst,
                  [](const FileValue& burst) { return read_choice(burst, kBurstNames); }));
  TRY(read_tables(TRY(fields.require("tables")), &workload));
  TRY(read_phases(TRY(fields.require("phases")), &workload));
  TRY(fields.finish());
  return workload;
}

}  // namespace stator
