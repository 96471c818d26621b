#include "storage/definition_bytes.h"

#include "storage/field_reader.h"
#include "storage/field_writer.h"

namespace stator {
namespace {

void write_throughput(const ProvisionedThroughput& throughput, FieldWriter* fields) {
  fields->integer("read_units", throughput.read_units);
  fields->integer("write_units", throughput.write_units);
  fields->maybe_time("last_increase", throughput.last_increase);
  fields->maybe_time("last_decrease", throughput.last_decrease);
  fields->integer("decreases_today", throughput.decreases_today);
}

ProvisionedThroughput read_throughput(FieldReader* fields) {
  return {.read_units = fields->integer("read_units"),
          .write_units = fields->integer("write_units"),
          .last_increase = fields->maybe_time("last_increase"),
          .last_decrease = fields->maybe_time("last_decrease"),
          .decreases_today = fields->integer("decreases_today")};
}

void write_maximum(const std::optional<OnDemandMaximum>& maximum, FieldWriter* fields) {
  if (!maximum) return;
  fields->integer("on_demand_read_max", maximum->read_units);
  fields->integer("on_demand_write_max", maximum->write_units);
}

std::optional<OnDemandMaximum> read_maximum(FieldReader* fields) {
  if (!fields->has("on_demand_read_max")) return std::nullopt;
  return OnDemandMaximum{.read_units = fields->integer("on_demand_read_max"),
                         .write_units = fields->integer("on_demand_write_max")};
}

//   Definition  TableDefinition or IndexDefinition
template <typename Definition>
void write_warm(const Definition& definition, FieldWriter* fields) {
  const WarmThroughput& warm = definition.warm;
  fields->integer("warm_read_units", warm.read_units);
  fields->integer("warm_write_units", warm.write_units);
  fields->maybe_time("warm_until", definition.warm_until);
}

template <typename Definition>
void read_warm(FieldReader* fields, Definition* definition) {
  definition->warm = {.read_units = fields->integer("warm_read_units"),
                      .write_units = fields->integer("warm_write_units")};
  definition->warm_until = fields->maybe_time("warm_until");
}

void write_transition(const Transition& transition, FieldWriter* fields) {
  fields->integer("transition", static_cast<std::int64_t>(transition.status));
  fields->time("transition_until", transition.until);
}

Transition read_transition(FieldReader* fields) {
  return {.status = static_cast<TableStatus>(fields->integer("transition")),
          .until = fields->time("transition_until")};
}

// The names of a policy's fields: all or none of them are there.
struct PolicyNames {
  std::string_view document;
  std::string_view revision;
};

constexpr PolicyNames kTablePolicy = {"policy", "policy_revision"};
constexpr PolicyNames kStreamPolicy = {"stream_policy", "stream_policy_revision"};

void write_policy(const PolicyNames& names, const std::optional<ResourcePolicy>& policy,
                  FieldWriter* fields) {
  if (!policy) return;
  fields->text(names.document, policy->document);
  fields->text(names.revision, policy->revision);
}

std::optional<ResourcePolicy> read_policy(const PolicyNames& names, FieldReader* fields) {
  if (!fields->has(names.document)) return std::nullopt;
  return ResourcePolicy{.document = fields->text(names.document),
                        .revision = fields->text(names.revision)};
}

void write_recovery(const std::optional<PointInTimeRecovery>& recovery, FieldWriter* fields) {
  if (!recovery) return;
  fields->time("recovery_enabled", recovery->enabled);
  fields->time("recovery_floor", recovery->floor);
  fields->integer("recovery_days", recovery->days);
}

std::optional<PointInTimeRecovery> read_recovery(FieldReader* fields) {
  if (!fields->has("recovery_enabled")) return std::nullopt;
  return PointInTimeRecovery{.enabled = fields->time("recovery_enabled"),
                             .floor = fields->time("recovery_floor"),
                             .days = fields->integer("recovery_days")};
}

void write_changes(const RecentChanges& changes, FieldWriter* fields) {
  fields->times("protection_changes", changes.deletion_protection);
  fields->times("table_class_changes", changes.table_class);
  fields->times("on_demand_changes", changes.to_on_demand);
  fields->times("encryption_changes", changes.encryption);
}

RecentChanges read_changes(FieldReader* fields) {
  return {.deletion_protection = fields->times("protection_changes"),
          .table_class = fields->times("table_class_changes"),
          .to_on_demand = fields->times("on_demand_changes"),
          .encryption = fields->times("encryption_changes")};
}

void write_insights(const std::optional<ContributorInsights>& insights, FieldWriter* fields) {
  if (!insights) return;
  fields->integer("insights_mode", static_cast<std::int64_t>(insights->mode));
  fields->integer("insights_enabled", insights->enabled ? 1 : 0);
  fields->time("insights_changed", insights->changed);
  fields->time("insights_until", insights->until);
}

std::optional<ContributorInsights> read_insights(FieldReader* fields) {
  if (!fields->has("insights_mode")) return std::nullopt;
  return ContributorInsights{.mode = static_cast<InsightsMode>(fields->integer("insights_mode")),
                             .enabled = fields->integer("insights_enabled") != 0,
                             .changed = fields->time("insights_changed"),
                             .until = fields->time("insights_until")};
}

void write_destination(const KinesisDestination& destination, FieldWriter* fields) {
  fields->text("stream_arn", destination.stream_arn);
  fields->integer("precision", static_cast<std::int64_t>(destination.precision));
  fields->integer("entered", static_cast<std::int64_t>(destination.entered));
  fields->time("until", destination.until);
}

KinesisDestination read_destination(FieldReader* fields) {
  return {.stream_arn = fields->text("stream_arn"),
          .precision = static_cast<TimestampPrecision>(fields->integer("precision")),
          .entered = static_cast<DestinationStatus>(fields->integer("entered")),
          .until = fields->time("until")};
}

void write_stream(const TableStream& stream, FieldWriter* fields) {
  fields->integer("stream_keyspace", stream.keyspace);
  fields->time("stream_created", stream.created);
  fields->time("stream_enabled", stream.enabled);
  fields->integer("stream_view", static_cast<std::int64_t>(stream.view));
  write_policy(kStreamPolicy, stream.policy, fields);
  if (!stream.end) return;
  fields->time("stream_end_asked", stream.end->asked);
  fields->time("stream_end_done", stream.end->done);
}

std::optional<TableStream> read_stream(FieldReader* fields) {
  if (!fields->has("stream_keyspace")) return std::nullopt;
  TableStream stream{.keyspace = static_cast<std::uint32_t>(fields->integer("stream_keyspace")),
                     .created = fields->time("stream_created"),
                     .enabled = fields->time("stream_enabled")};
  const auto view = stream_view_type_of(static_cast<std::uint8_t>(fields->integer("stream_view")));
  if (!view) fields->note_damage();
  stream.view = view.value_or(StreamViewType::keys_only);
  stream.policy = read_policy(kStreamPolicy, fields);
  if (fields->has("stream_end_asked")) {
    stream.end = {.asked = fields->time("stream_end_asked"),
                  .done = fields->time("stream_end_done")};
  }
  return stream;
}

void write_time_to_live(const TimeToLive& time_to_live, FieldWriter* fields) {
  fields->text("ttl_attribute", time_to_live.attribute);
  fields->integer("ttl_keyspace", time_to_live.keyspace);
  fields->integer("ttl_enabled", time_to_live.enabled ? 1 : 0);
  fields->time("ttl_changed", time_to_live.changed);
  fields->time("ttl_until", time_to_live.until);
  fields->integer("ttl_built", time_to_live.built ? 1 : 0);
}

std::optional<TimeToLive> read_time_to_live(FieldReader* fields) {
  if (!fields->has("ttl_attribute")) return std::nullopt;
  return TimeToLive{.keyspace = static_cast<std::uint32_t>(fields->integer("ttl_keyspace")),
                    .attribute = fields->text("ttl_attribute"),
                    .enabled = fields->integer("ttl_enabled") != 0,
                    .changed = fields->time("ttl_changed"),
                    .until = fields->time("ttl_until"),
                    .built = fields->integer("ttl_built") != 0};
}

void write_index(const IndexDefinition& index, FieldWriter* fields) {
  fields->integer("keyspace", index.keyspace);
  fields->text("name", index.name);
  fields->integer("kind", static_cast<std::int64_t>(index.kind));
  fields->key(index.key);
  fields->integer("projection", static_cast<std::int64_t>(index.projection.type));
  fields->texts("projected", index.projection.attributes);
  write_throughput(index.throughput, fields);
  write_maximum(index.on_demand_maximum, fields);
  write_warm(index, fields);
  write_transition(index.transition, fields);
  fields->partitions(index.partitions);
  fields->maybe_time("allocated", index.allocated);
  fields->integer("built", index.built ? 1 : 0);
  write_insights(index.insights, fields);
}

IndexDefinition read_index(FieldReader* fields) {
  IndexDefinition index;
  index.keyspace = static_cast<std::uint32_t>(fields->integer("keyspace"));
  index.name = fields->text("name");
  index.kind = static_cast<IndexKind>(fields->integer("kind"));
  index.key = fields->key();
  index.projection = {.type = static_cast<ProjectionType>(fields->integer("projection")),
                      .attributes = fields->texts("projected")};
  index.throughput = read_throughput(fields);
  index.on_demand_maximum = read_maximum(fields);
  read_warm(fields, &index);
  index.transition = read_transition(fields);
  index.partitions = fields->partitions();
  index.allocated = fields->maybe_time("allocated");
  index.built = fields->integer("built") != 0;
  index.insights = read_insights(fields);
  return index;
}

}  // namespace

void append_definition(const TableDefinition& table, std::string* out) {
  FieldWriter fields(out);
  fields.text("space", table.space);
  fields.integer("keyspace", table.keyspace);
  fields.text("name", table.name);
  fields.text("table_id", table.table_id);
  fields.time("created", table.created);
  fields.key(table.key);
  fields.structures("indexes", table.indexes, write_index);
  fields.integer("collections_keyspace", table.collections_keyspace);
  fields.integer("billing", static_cast<std::int64_t>(table.billing));
  write_throughput(table.throughput, &fields);
  fields.maybe_time("last_pay_per_request", table.last_pay_per_request);
  write_maximum(table.on_demand_maximum, &fields);
  write_warm(table, &fields);
  if (table.table_class) {
    fields.integer("table_class", static_cast<std::int64_t>(*table.table_class));
  }
  fields.maybe_time("table_class_updated", table.table_class_updated);
  fields.integer("deletion_protection", table.deletion_protection ? 1 : 0);
  write_changes(table.recent_changes, &fields);
  fields.tags(table.tags);
  if (table.kms_key) fields.text("kms_key", *table.kms_key);
  fields.maybe_time("encryption_until", table.encryption_until);
  write_policy(kTablePolicy, table.policy, &fields);
  fields.structures("kinesis_destinations", table.kinesis_destinations, write_destination);
  write_recovery(table.recovery, &fields);
  write_transition(table.transition, &fields);
  fields.partitions(table.partitions);
  write_insights(table.insights, &fields);
  if (table.stream) write_stream(*table.stream, &fields);
  if (table.time_to_live) write_time_to_live(*table.time_to_live, &fields);
  fields.finish();
}

Result<TableDefinition> decode_definition(std::string_view bytes) {
  FieldReader fields(TRY(ItemView::parse(bytes)));
  TableDefinition table;
  table.space = fields.text("space");
  table.keyspace = static_cast<std::uint32_t>(fields.integer("keyspace"));
  table.name = fields.text("name");
  table.table_id = fields.text("table_id");
  table.created = fields.time("created");
  table.key = fields.key();
  table.indexes = TRY(fields.structures<IndexDefinition>("indexes", read_index));
  if (fields.has("collections_keyspace")) {
    table.collections_keyspace = static_cast<std::uint32_t>(fields.integer("collections_keyspace"));
  }
  table.billing = static_cast<BillingMode>(fields.integer("billing"));
  table.throughput = read_throughput(&fields);
  table.last_pay_per_request = fields.maybe_time("last_pay_per_request");
  table.on_demand_maximum = read_maximum(&fields);
  read_warm(&fields, &table);
  if (fields.has("table_class")) {
    table.table_class = static_cast<TableClass>(fields.integer("table_class"));
  }
  table.table_class_updated = fields.maybe_time("table_class_updated");
  table.deletion_protection = fields.integer("deletion_protection") != 0;
  table.recent_changes = read_changes(&fields);
  table.tags = fields.tags();
  if (fields.has("kms_key")) table.kms_key = fields.text("kms_key");
  table.encryption_until = fields.maybe_time("encryption_until");
  table.policy = read_policy(kTablePolicy, &fields);
  table.kinesis_destinations =
      TRY(fields.structures<KinesisDestination>("kinesis_destinations", read_destination));
  table.recovery = read_recovery(&fields);
  table.transition = read_transition(&fields);
  table.partitions = fields.partitions();
  table.insights = read_insights(&fields);
  table.stream = read_stream(&fields);
  table.time_to_live = read_time_to_live(&fields);
  if (!fields.complete()) {
    return Error(ErrorCode::internal, "the store holds a table definition that is damaged");
  }
  return table;
}

}  // namespace stator
