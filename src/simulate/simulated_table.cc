#include "simulate/simulated_table.h"

#include <algorithm>

#include "base/check.h"
#include "base/limits.h"
#include "capacity/units.h"
#include "simulate/load_check.h"

namespace stator {
namespace {

// Of numbers that are close to each other, seeds that are not.
std::uint64_t mixed(std::uint64_t seed, std::uint64_t number) {
  return seed ^ ((number + 1) * 0x9E3779B97F4A7C15U);
}

ItemState no_item(std::uint32_t partition, std::uint32_t sort) {
  ItemState item{.partition = partition, .sort = sort, .bytes = 0, .drawn = {}};
  item.drawn.fill(kNoValue);
  return item;
}

std::uint32_t drawn_bytes(const BytesRange& range, Random* random) {
  return range.from + static_cast<std::uint32_t>(random->below(range.to - range.from + 1));
}

std::vector<KeyChooser> choosers_of(const TableSetup& setup) {
  std::vector<KeyChooser> choosers;
  for (const AttributeSetup& attribute : setup.attributes) choosers.emplace_back(attribute.values);
  return choosers;
}

// How many collections there may be whose name is this attribute.
std::size_t numbers_of(const ItemShape::Attribute& attribute, const TableSetup& setup,
                       const ItemSpace& space) {
  switch (attribute.source) {
    case ItemShape::Source::partition:
      return space.partitions;
    case ItemShape::Source::sort:
      return space.sorts;
    case ItemShape::Source::drawn:
      break;
  }
  return setup.attributes[attribute.place].values.end();
}

// Units of a page of a collection, whose items are as large as they are on average.
double page_units(const CollectionTotals::Total& total, std::uint32_t limit,
                  Consistency consistency) {
  if (total.items == 0) return read_units(0, consistency);
  const std::uint64_t page = (kPageBytesMax * total.items + total.bytes - 1) / total.bytes;
  const std::uint64_t items = std::min({total.items, std::uint64_t{limit}, page});
  return read_units(total.bytes * items / total.items, consistency);
}

}  // namespace

Result<std::unique_ptr<SimulatedTable>> SimulatedTable::make(const TableSetup& setup,
                                                             const std::vector<const Load*>& loads,
                                                             const TableDefinition& table,
                                                             std::uint64_t seed) {
  ItemShape shape = TRY(ItemShape::of(setup, table));
  const ItemSpace space = TRY(check_loads(setup, loads, table, shape));
  std::unique_ptr<SimulatedTable> made(new SimulatedTable(setup, std::move(shape), table, space));
  if (setup.items) made->add_items(*setup.items, seed);
  return made;
}

SimulatedTable::SimulatedTable(const TableSetup& setup, ItemShape shape,
                               const TableDefinition& table, const ItemSpace& space)
    : setup_(setup),
      shape_(std::move(shape)),
      choosers_(choosers_of(setup)),
      items_(space),
      totals_(space.partitions) {
  partition_.push_back(0);
  if (!table.key.sort.empty()) sort_.push_back(1);
  for (std::size_t i = 0; i < table.indexes.size(); ++i) {
    IndexShape index(table, table.indexes[i], shape_);
    const std::optional<std::size_t> collection = index.collection_attribute();
    std::optional<CollectionTotals> totals;
    if (collection) totals.emplace(numbers_of(shape_.attributes()[*collection], setup, space));
    indexes_.push_back({std::move(index), i, 0, std::move(totals)});
  }
  std::sort(indexes_.begin(), indexes_.end(), [](const Index& a, const Index& b) {
    return a.shape.is_global() != b.shape.is_global() ? b.shape.is_global()
                                                      : a.shape.name() < b.shape.name();
  });
  std::size_t resource = 0;
  for (Index& index : indexes_) {
    if (index.shape.is_global()) index.resource = ++resource;
  }
  positions_.resize(1 + 2 * indexes_.size());
  follow(table);
}

void SimulatedTable::follow(const TableDefinition& table) {
  table_ = &table;
  global_.clear();
  for (const Index& index : indexes_) {
    if (index.shape.is_global()) global_.push_back(&table.indexes[index.position]);
  }
}

void SimulatedTable::add_items(const ItemsSetup& items, std::uint64_t seed) {
  std::uint64_t number = 0;
  for (std::uint32_t partition = 0; partition < items.partition_keys; ++partition) {
    for (std::uint32_t sort = 0; sort < items.sort_keys; ++sort) {
      const std::uint64_t item_seed = mixed(seed, number++);
      Random random(item_seed);
      ItemState item = no_item(partition, sort);
      item.bytes = drawn_bytes(items.bytes, &random);
      draw(UINT32_MAX, item_seed, &item);
      items_.put(item);
      count(item, true);
    }
  }
}

void SimulatedTable::draw(std::uint32_t drawn, std::uint64_t draw_seed, ItemState* item) const {
  for (std::size_t i = 0; i < choosers_.size(); ++i) {
    if ((drawn >> i & 1) == 0) continue;
    Random random(mixed(draw_seed, i));
    const bool has_it = random_share(&random) < setup_.attributes[i].share;
    item->drawn[i] = has_it ? choosers_[i].choose(0, &random) : kNoValue;
  }
}

std::uint32_t SimulatedTable::drawn_by(const Load& load, LoadOperation operation) const {
  if (operation == LoadOperation::put_item) return UINT32_MAX;
  if (operation != LoadOperation::update_item) return 0;
  std::uint32_t drawn = 0;
  for (std::size_t i = 0; i < setup_.attributes.size(); ++i) {
    const auto named = std::find(load.sets.begin(), load.sets.end(), setup_.attributes[i].name);
    if (named != load.sets.end()) drawn |= std::uint32_t{1} << i;
  }
  return drawn;
}

ItemState SimulatedTable::outcome(const SimulatedRequest& request) const {
  const bool keeps = request.operation == LoadOperation::update_item && before_.exists();
  ItemState item = keeps ? before_ : no_item(request.partition, request.sort);
  if (request.operation == LoadOperation::delete_item) return item;
  item.bytes = request.bytes;
  draw(request.drawn, request.draw_seed, &item);
  return item;
}

void SimulatedTable::add_use(const IndexDefinition* index, std::size_t resource,
                             const CapacityPlace& place, double units) {
  cost_.uses.push_back({.index = index, .place = place, .units = units});
  cost_.resources.push_back(resource);
}

std::string* SimulatedTable::next_position() {
  std::string& position = positions_[cost_.uses.size()];
  position.clear();
  return &position;
}

const RequestCost& SimulatedTable::plan(const SimulatedRequest& request) {
  cost_.uses.clear();
  cost_.resources.clear();
  if (is_write(request.operation)) {
    plan_write(request);
  } else if (request.operation == LoadOperation::get_item) {
    plan_get(request);
  } else {
    plan_query(request);
  }
  return cost_;
}

void SimulatedTable::plan_write(const SimulatedRequest& request) {
  before_ = items_.get(request.partition, request.sort);
  after_ = outcome(request);
  const CapacityPlace place = append_place_of(shape_, partition_, sort_, after_, next_position());
  add_use(nullptr, 0, place, write_units(before_.bytes, after_.bytes));
  for (const Index& index : indexes_) {
    const EntryUnits units = index.shape.units(before_, after_);
    if (!index.shape.is_global()) {
      cost_.uses.front().units += units.erased + units.put;
      continue;
    }
    const IndexDefinition* const definition = &table_->indexes[index.position];
    if (units.erased > 0) {
      const CapacityPlace erased = index.shape.append_place(before_, next_position());
      add_use(definition, index.resource, erased, units.erased);
    }
    if (units.put > 0) {
      const CapacityPlace put = index.shape.append_place(after_, next_position());
      add_use(definition, index.resource, put, units.put);
    }
  }
}

void SimulatedTable::plan_get(const SimulatedRequest& request) {
  before_ = items_.get(request.partition, request.sort);
  const CapacityPlace place = append_place_of(shape_, partition_, sort_, before_, next_position());
  add_use(nullptr, 0, place, read_units(before_.bytes, request.load->consistency));
}

void SimulatedTable::plan_query(const SimulatedRequest& request) {
  const Load& load = *request.load;
  const auto found = std::find_if(indexes_.begin(), indexes_.end(), [&](const Index& index) {
    return index.shape.name() == load.index;
  });
  const Index* const index = load.index.empty() ? nullptr : &*found;
  const std::size_t attribute = index == nullptr ? 0 : *index->shape.collection_attribute();
  const ItemShape::Attribute& shape = shape_.attributes()[attribute];
  ItemState item = no_item(request.partition, request.partition);
  if (shape.source == ItemShape::Source::drawn) item.drawn[shape.place] = request.partition;
  CapacityPlace place = append_place_of(shape_, {attribute}, {}, item, next_position());
  place.is_item = false;
  const CollectionTotals& totals = index == nullptr ? totals_ : *index->totals;
  const double units = page_units(totals.of(request.partition), load.limit, load.consistency);
  if (index == nullptr) return add_use(nullptr, 0, place, units);
  add_use(&table_->indexes[index->position], index->resource, place, units);
}

void SimulatedTable::count(const ItemState& item, bool is_added) {
  if (!item.exists()) return;
  const auto change = [is_added](CollectionTotals* totals, std::uint32_t number,
                                 std::size_t bytes) {
    if (is_added) {
      totals->add(number, bytes);
    } else {
      totals->remove(number, bytes);
    }
  };
  change(&totals_, item.partition, item.bytes);
  for (Index& index : indexes_) {
    if (!index.totals || !index.shape.has_entry(item)) continue;
    const ItemShape::Attribute& name = shape_.attributes()[*index.shape.collection_attribute()];
    change(&*index.totals, name.number(item), index.shape.entry_bytes(item));
  }
}

void SimulatedTable::apply() {
  count(before_, false);
  items_.put(after_);
  count(after_, true);
}

}  // namespace stator
