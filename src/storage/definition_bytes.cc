#include "storage/definition_bytes.h"

#include <charconv>

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
  void key(std::string_view name, std::string_view type_field, const KeyAttribute& key) {
    text(name, key.name);
    text(type_field, type_name(key.type));
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
  // A list of [first_hash, id, parent, born]; the hash as text, because it has 64 bits.
  void partitions(const PartitionMap& partitions) {
    item_.add("partitions");
    ListWriter list(out_);
    for (const Partition& partition : partitions.partitions()) {
      list.add();
      ListWriter fields(out_);
      const auto field = [&](std::uint64_t value) {
        fields.add();
        append_number(*parse_number(std::to_string(value)), out_);
      };
      field(partition.first_hash);
      field(partition.id);
      field(partition.parent);
      field(static_cast<std::uint64_t>(partition.born.time_since_epoch().count()));
      fields.finish();
    }
    list.finish();
  }
  void finish() { item_.finish(); }

 private:
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
  KeyAttribute key(std::string_view name, std::string_view type_field) {
    KeyAttribute key{.name = text(name)};
    const auto type = type_of_name(text(type_field));
    if (!type ||
        (*type != AttributeType::S && *type != AttributeType::N && *type != AttributeType::B)) {
      complete_ = false;
      return key;
    }
    key.type = *type;
    return key;
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
    std::vector<Partition> partitions;
    const auto list = find("partitions", AttributeType::L);
    if (list) {
      for (ListView::Cursor c(list->list()); c.next();) read_partition(c.value(), &partitions);
    }
    if (!partitions.empty() && partitions.front().first_hash == 0) {
      return PartitionMap::of(std::move(partitions));
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

  void read_partition(ValueView value, std::vector<Partition>* partitions) {
    std::vector<ValueView> fields;
    if (value.type() == AttributeType::L) {
      for (ListView::Cursor c(value.list()); c.next();) {
        if (c.value().type() == AttributeType::N) fields.push_back(c.value());
      }
    }
    if (fields.size() != 4) {
      complete_ = false;
      return;
    }
    partitions->push_back(
        {.first_hash = integer_of<std::uint64_t>(fields[0]),
         .id = integer_of<std::uint32_t>(fields[1]),
         .parent = integer_of<std::uint32_t>(fields[2]),
         .born = TimePoint(std::chrono::microseconds(integer_of<std::int64_t>(fields[3])))});
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

}  // namespace

void append_definition(const TableDefinition& table, std::string* out) {
  FieldWriter fields(out);
  fields.text("space", table.space);
  fields.integer("keyspace", table.keyspace);
  fields.text("name", table.name);
  fields.text("table_id", table.table_id);
  fields.time("created", table.created);
  fields.key("partition_key", "partition_key_type", table.key.partition);
  if (table.key.sort) fields.key("sort_key", "sort_key_type", *table.key.sort);
  fields.integer("billing", static_cast<std::int64_t>(table.billing));
  write_throughput(table.throughput, &fields);
  fields.maybe_time("last_pay_per_request", table.last_pay_per_request);
  if (table.on_demand_maximum) {
    fields.integer("on_demand_read_max", table.on_demand_maximum->read_units);
    fields.integer("on_demand_write_max", table.on_demand_maximum->write_units);
  }
  fields.integer("warm_read_units", table.warm.read_units);
  fields.integer("warm_write_units", table.warm.write_units);
  if (table.table_class) {
    fields.integer("table_class", static_cast<std::int64_t>(*table.table_class));
  }
  fields.maybe_time("table_class_updated", table.table_class_updated);
  fields.integer("deletion_protection", table.deletion_protection ? 1 : 0);
  fields.tags(table.tags);
  fields.integer("transition", static_cast<std::int64_t>(table.transition.status));
  fields.time("transition_until", table.transition.until);
  fields.partitions(table.partitions);
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
  table.key.partition = fields.key("partition_key", "partition_key_type");
  if (fields.has("sort_key")) table.key.sort = fields.key("sort_key", "sort_key_type");
  table.billing = static_cast<BillingMode>(fields.integer("billing"));
  table.throughput = read_throughput(&fields);
  table.last_pay_per_request = fields.maybe_time("last_pay_per_request");
  if (fields.has("on_demand_read_max")) {
    table.on_demand_maximum = {.read_units = fields.integer("on_demand_read_max"),
                               .write_units = fields.integer("on_demand_write_max")};
  }
  table.warm = {.read_units = fields.integer("warm_read_units"),
                .write_units = fields.integer("warm_write_units")};
  if (fields.has("table_class")) {
    table.table_class = static_cast<TableClass>(fields.integer("table_class"));
  }
  table.table_class_updated = fields.maybe_time("table_class_updated");
  table.deletion_protection = fields.integer("deletion_protection") != 0;
  table.tags = fields.tags();
  table.transition.status = static_cast<TableStatus>(fields.integer("transition"));
  table.transition.until = fields.time("transition_until");
  table.partitions = fields.partitions();
  if (!fields.complete()) {
    return Error(ErrorCode::internal, "the store holds a table definition that is damaged");
  }
  return table;
}

}  // namespace stator
