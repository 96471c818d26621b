#include "storage/definition_bytes.h"

#include <algorithm>
#include <charconv>
#include <span>

#include "model/item.h"

namespace stator {
namespace {

class FieldWriter {
 public:
  explicit FieldWriter(std::string* out) : out_(out), item_(out) {}

  void text(std::string_view name, std::string_view value) {
    item_.add(name);
    append_string(value, out_);
  }
  void integer(std::string_view name, std::int64_t value) {
    item_.add(name);
    append_number(*parse_number(std::to_string(value)), out_);
  }
  void time(std::string_view name, TimePoint value) {
    integer(name, value.time_since_epoch().count());
  }
  void maybe_time(std::string_view name, const std::optional<TimePoint>& value) {
    if (value) time(name, *value);
  }
  // Absent where there are none.
  void times(std::string_view name, const std::vector<TimePoint>& values) {
    if (values.empty()) return;
    item_.add(name);
    ListWriter list(out_);
    for (const TimePoint value : values) number(count_of(value), &list);
    list.finish();
  }
  // Lists of names, each with its type behind it.
  void key(const KeySchema& key) {
    key_attributes("partition_keys", key.partition);
    key_attributes("sort_keys", key.sort);
  }
  void texts(std::string_view name, const std::vector<std::string>& values) {
    item_.add(name);
    ListWriter list(out_);
    for (const std::string& value : values) {
      list.add();
      append_string(value, out_);
    }
    list.finish();
  }
  // A list of structures, each written by `write` with a FieldWriter of its own.
  template <typename Value, typename Write>
  void structures(std::string_view name, const std::vector<Value>& values, const Write& write) {
    item_.add(name);
    ListWriter list(out_);
    for (const Value& value : values) {
      list.add();
      std::string bytes;
      FieldWriter fields(&bytes);
      write(value, &fields);
      fields.finish();
      append_binary(bytes, out_);
    }
    list.finish();
  }
  void tags(const std::vector<Tag>& tags) {
    item_.add("tags");
    MapWriter map(out_);
    for (const Tag& tag : tags) {
      map.add(tag.key);
      append_string(tag.value, out_);
    }
    map.finish();
  }
  // partitions         a list of [first_hash, id, parent, born, first_key]; without first_key where
  //                    it is empty, as it always was before collections were cut
  // former_partitions  a list of [id, parent, born, ended]; absent where there are none
  void partitions(const PartitionMap& map) {
    rows("partitions", map.partitions(), [this](const Partition& partition, ListWriter* row) {
      number(partition.first_hash, row);
      number(partition.id, row);
      number(partition.parent, row);
      number(count_of(partition.born), row);
      if (partition.first_key.empty()) return;
      row->add();
      append_binary(partition.first_key, out_);
    });
    if (map.former().empty()) return;
    rows("former_partitions", map.former(), [this](const FormerPartition& former, ListWriter* row) {
      number(former.id, row);
      number(former.parent, row);
      number(count_of(former.born), row);
      number(count_of(former.ended), row);
    });
  }
  void finish() { item_.finish(); }

 private:
  void key_attributes(std::string_view name, const std::vector<KeyAttribute>& attributes) {
    std::vector<std::string> words;
    for (const KeyAttribute& attribute : attributes) {
      words.push_back(attribute.name);
      words.emplace_back(type_name(attribute.type));
    }
    texts(name, words);
  }

  // A list of lists, each filled by `write`.
  template <typename Value, typename Write>
  void rows(std::string_view name, const std::vector<Value>& values, const Write& write) {
    item_.add(name);
    ListWriter list(out_);
    for (const Value& value : values) {
      list.add();
      ListWriter row(out_);
      write(value, &row);
      row.finish();
    }
    list.finish();
  }

  void number(std::uint64_t value, ListWriter* row) {
    row->add();
    append_number(*parse_number(std::to_string(value)), out_);
  }

  static std::uint64_t count_of(TimePoint time) {
    return static_cast<std::uint64_t>(time.time_since_epoch().count());
  }

  std::string* const out_;
  ItemWriter item_;
};

template <typename Integer>
Integer integer_of(ValueView value) {
  std::string text;
  append_number_text(value.number(), &text);
  Integer result = 0;
  std::from_chars(text.data(), text.data() + text.size(), result);
  return result;
}

// Reads what FieldWriter wrote; remembers whether something that must be there was not.
class FieldReader {
 public:
  explicit FieldReader(ItemView item) : item_(item) {}

  bool complete() const { return complete_; }
  void note_damage() { complete_ = false; }

  bool has(std::string_view name) const { return item_.find(name).has_value(); }

  std::string text(std::string_view name) {
    const auto value = find(name, AttributeType::S);
    return value ? std::string(value->text()) : std::string();
  }
  std::int64_t integer(std::string_view name) {
    const auto value = find(name, AttributeType::N);
    return value ? integer_of<std::int64_t>(*value) : 0;
  }
  TimePoint time(std::string_view name) {
    return TimePoint(std::chrono::microseconds(integer(name)));
  }
  std::optional<TimePoint> maybe_time(std::string_view name) {
    if (!has(name)) return std::nullopt;
    return time(name);
  }
  std::vector<TimePoint> times(std::string_view name) {
    std::vector<TimePoint> times;
    if (!has(name)) return times;
    const auto list = find(name, AttributeType::L);
    if (!list) return times;
    for (ListView::Cursor c(list->list()); c.next();) {
      if (c.value().type() != AttributeType::N) {
        complete_ = false;
      } else {
        times.push_back(time_of(c.value()));
      }
    }
    return times;
  }
  KeySchema key() {
    KeySchema key = has("partition_keys") ? KeySchema{.partition = key_attributes("partition_keys"),
                                                      .sort = key_attributes("sort_keys")}
                                          : single_attributes();
    if (key.partition.empty()) complete_ = false;
    return key;
  }
  std::vector<std::string> texts(std::string_view name) {
    std::vector<std::string> texts;
    const auto list = find(name, AttributeType::L);
    if (!list) return texts;
    for (ListView::Cursor c(list->list()); c.next();) {
      if (c.value().type() != AttributeType::S) {
        complete_ = false;
      } else {
        texts.emplace_back(c.value().text());
      }
    }
    return texts;
  }
  // What `read` makes of the fields of each structure of a list.
  template <typename Value, typename Read>
  Result<std::vector<Value>> structures(std::string_view name, const Read& read) {
    std::vector<Value> values;
    if (!has(name)) return values;
    const auto list = find(name, AttributeType::L);
    if (!list) return values;
    for (ListView::Cursor c(list->list()); c.next();) {
      if (c.value().type() != AttributeType::B) {
        complete_ = false;
        continue;
      }
      FieldReader fields(TRY(ItemView::parse(c.value().text())));
      values.push_back(read(&fields));
      complete_ = complete_ && fields.complete();
    }
    return values;
  }
  std::vector<Tag> tags() {
    std::vector<Tag> tags;
    const auto value = find("tags", AttributeType::M);
    if (!value) return tags;
    for (MapView::Cursor c(value->map()); c.next();) {
      if (c.value().type() != AttributeType::S)
        complete_ = false;
      else
        tags.push_back({std::string(c.name()), std::string(c.value().text())});
    }
    return tags;
  }
  PartitionMap partitions() {
    std::vector<Partition> partitions = rows<Partition>("partitions", partition_of);
    std::vector<FormerPartition> former;
    if (has("former_partitions")) former = rows<FormerPartition>("former_partitions", former_of);
    if (PartitionMap::covers(partitions)) {
      return PartitionMap::of(std::move(partitions), std::move(former));
    }
    complete_ = false;
    return PartitionMap();
  }

 private:
  std::optional<ValueView> find(std::string_view name, AttributeType type) {
    const auto value = item_.find(name);
    if (value && value->type() == type) return value;
    complete_ = false;
    return std::nullopt;
  }

  // The first form of a key, from before there were indexes: a name and a type for each kind.
  KeySchema single_attributes() {
    KeySchema key;
    add_attribute(text("partition_key"), text("partition_key_type"), &key.partition);
    if (has("sort_key")) add_attribute(text("sort_key"), text("sort_key_type"), &key.sort);
    return key;
  }

  void add_attribute(std::string name, std::string_view type_text,
                     std::vector<KeyAttribute>* attributes) {
    const auto type = type_of_name(type_text);
    if (type == AttributeType::S || type == AttributeType::N || type == AttributeType::B) {
      attributes->push_back({.name = std::move(name), .type = *type});
    } else {
      complete_ = false;
    }
  }

  std::vector<KeyAttribute> key_attributes(std::string_view name) {
    const std::vector<std::string> words = texts(name);
    std::vector<KeyAttribute> attributes;
    if (words.size() % 2 != 0 || words.size() > 2 * kKeyAttributesMax) complete_ = false;
    for (std::size_t i = 0; complete_ && i < words.size(); i += 2) {
      add_attribute(words[i], words[i + 1], &attributes);
    }
    return attributes;
  }

  // What `read` makes of the fields of each list of a list.
  template <typename Value, typename Read>
  std::vector<Value> rows(std::string_view name, const Read& read) {
    std::vector<Value> values;
    const auto list = find(name, AttributeType::L);
    if (!list) return values;
    for (ListView::Cursor c(list->list()); c.next();) {
      const std::optional<Value> value = read(fields_of(c.value()));
      if (value) {
        values.push_back(*value);
      } else {
        complete_ = false;
      }
    }
    return values;
  }

  // The elements of a list; none of another value.
  static std::vector<ValueView> fields_of(ValueView value) {
    std::vector<ValueView> fields;
    if (value.type() != AttributeType::L) return fields;
    for (ListView::Cursor c(value.list()); c.next();) fields.push_back(c.value());
    return fields;
  }

  static bool are_numbers(std::span<const ValueView> fields) {
    return std::all_of(fields.begin(), fields.end(),
                       [](const ValueView& field) { return field.type() == AttributeType::N; });
  }

  static TimePoint time_of(ValueView value) {
    return TimePoint(std::chrono::microseconds(integer_of<std::int64_t>(value)));
  }

  static std::optional<Partition> partition_of(std::span<const ValueView> fields) {
    if (fields.size() < 4 || fields.size() > 5 || !are_numbers(fields.first(4))) {
      return std::nullopt;
    }
    std::string first_key;
    if (fields.size() == 5) {
      if (fields[4].type() != AttributeType::B) return std::nullopt;
      first_key = fields[4].text();
    }
    return Partition{.first_hash = integer_of<std::uint64_t>(fields[0]),
                     .first_key = std::move(first_key),
                     .id = integer_of<std::uint32_t>(fields[1]),
                     .parent = integer_of<std::uint32_t>(fields[2]),
                     .born = time_of(fields[3])};
  }

  static std::optional<FormerPartition> former_of(std::span<const ValueView> fields) {
    if (fields.size() != 4 || !are_numbers(fields)) return std::nullopt;
    return FormerPartition{.id = integer_of<std::uint32_t>(fields[0]),
                           .parent = integer_of<std::uint32_t>(fields[1]),
                           .born = time_of(fields[2]),
                           .ended = time_of(fields[3])};
  }

  ItemView item_;
  bool complete_ = true;
};

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

void write_warm(const WarmThroughput& warm, FieldWriter* fields) {
  fields->integer("warm_read_units", warm.read_units);
  fields->integer("warm_write_units", warm.write_units);
}

WarmThroughput read_warm(FieldReader* fields) {
  return {.read_units = fields->integer("warm_read_units"),
          .write_units = fields->integer("warm_write_units")};
}

void write_transition(const Transition& transition, FieldWriter* fields) {
  fields->integer("transition", static_cast<std::int64_t>(transition.status));
  fields->time("transition_until", transition.until);
}

Transition read_transition(FieldReader* fields) {
  return {.status = static_cast<TableStatus>(fields->integer("transition")),
          .until = fields->time("transition_until")};
}

// All or none of them; none where it was never enabled.
void write_policy(const std::optional<ResourcePolicy>& policy, FieldWriter* fields) {
  if (!policy) return;
  fields->text("policy", policy->document);
  fields->text("policy_revision", policy->revision);
}

std::optional<ResourcePolicy> read_policy(FieldReader* fields) {
  if (!fields->has("policy")) return std::nullopt;
  return ResourcePolicy{.document = fields->text("policy"),
                        .revision = fields->text("policy_revision")};
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
  write_warm(index.warm, fields);
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
  index.warm = read_warm(fields);
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
  write_warm(table.warm, &fields);
  if (table.table_class) {
    fields.integer("table_class", static_cast<std::int64_t>(*table.table_class));
  }
  fields.maybe_time("table_class_updated", table.table_class_updated);
  fields.integer("deletion_protection", table.deletion_protection ? 1 : 0);
  write_changes(table.recent_changes, &fields);
  fields.tags(table.tags);
  if (table.kms_key) fields.text("kms_key", *table.kms_key);
  write_policy(table.policy, &fields);
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
  table.warm = read_warm(&fields);
  if (fields.has("table_class")) {
    table.table_class = static_cast<TableClass>(fields.integer("table_class"));
  }
  table.table_class_updated = fields.maybe_time("table_class_updated");
  table.deletion_protection = fields.integer("deletion_protection") != 0;
  table.recent_changes = read_changes(&fields);
  table.tags = fields.tags();
  if (fields.has("kms_key")) table.kms_key = fields.text("kms_key");
  table.policy = read_policy(&fields);
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
