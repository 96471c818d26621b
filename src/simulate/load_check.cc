#include "simulate/load_check.h"

#include <fmt/format.h>

#include <algorithm>

namespace stator {
namespace {

Error fault(const FilePlace& place, std::string_view member, std::string_view what) {
  return validation_error(place.member(member).fault(what));
}

bool has_writes(const Load& load) {
  return load.has(LoadOperation::put_item) || load.has(LoadOperation::update_item);
}

Result<void> check_bytes(const FilePlace& place, const BytesRange& bytes, const ItemShape& shape) {
  if (bytes.from >= shape.bytes_min()) return {};
  return fault(place, "bytes",
               fmt::format("an item with these keys has at least {} bytes", shape.bytes_min()));
}

// Null where there is no such index.
const IndexDefinition* find_index(const TableDefinition& table, std::string_view name) {
  const auto found =
      std::find_if(table.indexes.begin(), table.indexes.end(),
                   [name](const IndexDefinition& each) { return each.name == name; });
  return found == table.indexes.end() ? nullptr : &*found;
}

Result<void> check_index(const Load& load, const TableDefinition& table, const ItemShape& shape) {
  const IndexDefinition* const index = find_index(table, load.index);
  if (index == nullptr) {
    return fault(load.place, "index", fmt::format("{} has no index {}", table.name, load.index));
  }
  if (index->key.partition.size() != 1) {
    return fault(load.place, "index", "an index with several partition attributes is not queried");
  }
  if (index->kind == IndexKind::global && load.consistency == Consistency::strong) {
    return fault(load.place, "consistency", "a global index has no consistent reads");
  }
  if (load.sort_key)
    return fault(load.place, "sort_key", "a Query reads its collection from the start");
  const std::size_t attribute = *shape.find(index->key.partition.front().name);
  if (shape.attributes()[attribute].source == ItemShape::Source::sort) {
    return fault(load.place, "index", "an index on the table's sort key is not queried");
  }
  return {};
}

Result<void> check_load(const TableSetup& setup, const Load& load, const TableDefinition& table,
                        const ItemShape& shape) {
  if (!load.index.empty()) TRY(check_index(load, table, shape));
  if (load.sort_key && table.key.sort.empty()) {
    return fault(load.place, "sort_key", fmt::format("{} has no sort key", table.name));
  }
  if (has_writes(load)) TRY(check_bytes(load.place, load.bytes, shape));
  for (const std::string& name : load.sets) {
    const auto is_name = [&](const AttributeSetup& each) { return each.name == name; };
    if (std::none_of(setup.attributes.begin(), setup.attributes.end(), is_name)) {
      return fault(load.place, "sets", fmt::format("{} is not in the table's attributes", name));
    }
  }
  return {};
}

Result<void> check_items(const ItemsSetup& items, const TableDefinition& table,
                         const ItemShape& shape) {
  if (items.sort_keys > 1 && table.key.sort.empty()) {
    return fault(items.place, "sort_keys", fmt::format("{} has no sort key", table.name));
  }
  return check_bytes(items.place, items.bytes, shape);
}

// Numbers of the values that name the collections of an index; those of loads may be greater than
// any that items have.
Result<void> check_collections(const TableSetup& setup, const Load& load,
                               const TableDefinition& table, const ItemShape& shape,
                               const ItemSpace& space) {
  if (load.index.empty()) return {};
  const IndexDefinition* const index = find_index(table, load.index);
  const ItemShape::Attribute& name =
      shape.attributes()[*shape.find(index->key.partition.front().name)];
  const std::uint32_t numbers = name.source == ItemShape::Source::partition
                                    ? space.partitions
                                    : setup.attributes[name.place].values.end();
  if (load.partition_key.end() <= numbers) return {};
  return fault(load.place, "partition_key",
               fmt::format("{} has no more than {} values", name.name, numbers));
}

}  // namespace

Result<ItemSpace> check_loads(const TableSetup& setup, const std::vector<const Load*>& loads,
                              const TableDefinition& table, const ItemShape& shape) {
  ItemSpace space{.partitions = 1, .sorts = 1, .attributes = setup.attributes.size()};
  if (setup.items) {
    TRY(check_items(*setup.items, table, shape));
    space.partitions = setup.items->partition_keys;
    space.sorts = setup.items->sort_keys;
  }
  for (const Load* load : loads) {
    TRY(check_load(setup, *load, table, shape));
    if (!load->index.empty()) continue;
    space.partitions = std::max(space.partitions, load->partition_key.end());
    if (load->sort_key) space.sorts = std::max(space.sorts, load->sort_key->end());
  }
  for (const Load* load : loads) TRY(check_collections(setup, *load, table, shape, space));
  if (space.figures() <= kItemFiguresMax) return space;
  return validation_error(setup.place.fault(
      fmt::format("{} possible items with {} attributes are more than a simulation remembers",
                  std::uint64_t{space.partitions} * space.sorts, space.attributes)));
}

}  // namespace stator
