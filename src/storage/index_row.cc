#include "storage/index_row.h"

#include <array>
#include <span>

#include "base/limits.h"
#include "storage/row_key.h"

namespace stator {
namespace {

// Whether the values of the attributes, which differ from each other, are there and make keys; the
// limit is on all of them together.
bool make_key(const std::vector<KeyAttribute>& attributes, const MapView& item,
              std::size_t bytes_max) {
  std::size_t bytes = 0;
  for (const KeyAttribute& attribute : attributes) {
    const auto value = item.find(attribute.name);
    if (!value || !is_index_key_value(attribute, *value)) return false;
    if (attribute.type != AttributeType::N) bytes += value->text().size();
  }
  return bytes <= bytes_max;
}

void append_partition_of(const std::vector<KeyAttribute>& attributes, std::uint32_t keyspace,
                         const MapView& item, std::string* out) {
  std::array<ValueView, kKeyAttributesMax> values;
  for (std::size_t i = 0; i < attributes.size(); ++i) values[i] = *item.find(attributes[i].name);
  append_partition(keyspace, std::span(values).first(attributes.size()), out);
}

// A table has one attribute of either kind at most.
void append_tie_of(const TableDefinition& table, const MapView& item, std::string* out) {
  std::array<ValueView, 2> values;
  std::size_t count = 0;
  for (const auto* attributes : {&table.key.partition, &table.key.sort}) {
    for (const KeyAttribute& attribute : *attributes) {
      values[count++] = *item.find(attribute.name);
    }
  }
  append_key_hash(std::span(values).first(count), out);
}

void append_parts(const std::vector<KeyAttribute>& attributes, const MapView& item,
                  std::string* out) {
  for (const KeyAttribute& attribute : attributes) {
    append_key_part(*item.find(attribute.name), out);
  }
}

}  // namespace

bool is_index_key_value(const KeyAttribute& attribute, ValueView value) {
  if (value.type() != attribute.type) return false;
  return attribute.type == AttributeType::N || !value.text().empty();
}

bool belongs_to_index(const IndexDefinition& index, const MapView& item) {
  return make_key(index.key.partition, item, kPartitionKeyBytesMax) &&
         make_key(index.key.sort, item, kSortKeyBytesMax);
}

void append_table_row_key(const TableDefinition& table, const MapView& item, std::string* out) {
  append_partition_of(table.key.partition, table.keyspace, item, out);
  append_parts(table.key.sort, item, out);
}

void append_index_row_key(const TableDefinition& table, const IndexDefinition& index,
                          const MapView& item, std::string* out) {
  append_partition_of(index.key.partition, index.keyspace, item, out);
  append_parts(index.key.sort, item, out);
  if (index.kind == IndexKind::global) {
    append_tie_of(table, item, out);
    append_parts(table.key.partition, item, out);
  }
  append_parts(table.key.sort, item, out);
}

ItemView index_entry(const TableDefinition& table, const IndexDefinition& index, ItemView item,
                     std::string* out) {
  if (index.projection.type == ProjectionType::all) return item;
  return append_index_entry(table, index, item.attributes(), out);
}

ItemView append_index_entry(const TableDefinition& table, const IndexDefinition& index,
                            const MapView& item, std::string* out) {
  ItemWriter entry(out);
  for (MapView::Cursor c(item); c.next();) {
    if (index.projects(table.key, c.name())) entry.add_entry(c.entry());
  }
  return entry.finish();
}

void append_collection_key(const TableDefinition& table, std::uint32_t keyspace,
                           const MapView& item, std::string* out) {
  append_partition_of(table.key.partition, keyspace, item, out);
}

}  // namespace stator
