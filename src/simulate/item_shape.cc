#include "simulate/item_shape.h"

#include <fmt/format.h>

#include <algorithm>

#include "simulate/numbered_value.h"

namespace stator {
namespace {

// The attribute as the key of some index; null where it is none.
const KeyAttribute* find_index_key(const TableDefinition& table, std::string_view name) {
  for (const IndexDefinition& index : table.indexes) {
    for (const auto* part : {&index.key.partition, &index.key.sort}) {
      const auto found = std::find_if(part->begin(), part->end(),
                                      [name](const KeyAttribute& key) { return key.name == name; });
      if (found != part->end()) return &*found;
    }
  }
  return nullptr;
}

Result<void> check_described(const TableSetup& setup, const ItemShape& shape,
                             const IndexDefinition& index) {
  for (const auto* part : {&index.key.partition, &index.key.sort}) {
    for (const KeyAttribute& key : *part) {
      if (shape.find(key.name)) continue;
      return validation_error(setup.place.fault(
          fmt::format("attributes must describe {}, a key of the index {}", key.name, index.name)));
    }
  }
  return {};
}

}  // namespace

std::uint32_t ItemShape::Attribute::number(const ItemState& item) const {
  switch (source) {
    case Source::partition:
      return item.partition;
    case Source::sort:
      return item.sort;
    case Source::drawn:
      break;
  }
  return item.drawn[place];
}

std::size_t ItemShape::Attribute::bytes(std::uint32_t number) const {
  return name.size() + logical_bytes(NumberedValue(type, number).view());
}

Result<ItemShape> ItemShape::of(const TableSetup& setup, const TableDefinition& table) {
  ItemShape shape;
  const KeyAttribute& partition = table.key.partition.front();
  shape.attributes_.push_back({partition.name, partition.type, Source::partition, 0});
  if (!table.key.sort.empty()) {
    const KeyAttribute& sort = table.key.sort.front();
    shape.attributes_.push_back({sort.name, sort.type, Source::sort, 0});
  }
  for (const AttributeSetup& attribute : setup.attributes) {
    const KeyAttribute* const key = find_index_key(table, attribute.name);
    if (key == nullptr) {
      return validation_error(attribute.place.fault("not a key of an index of this table"));
    }
    if (table.key.is_key(attribute.name)) {
      return validation_error(attribute.place.fault("a key of the table is what loads say it is"));
    }
    const auto place = static_cast<std::size_t>(&attribute - setup.attributes.data());
    shape.attributes_.push_back({key->name, key->type, Source::drawn, place});
  }
  for (const IndexDefinition& index : table.indexes) TRY(check_described(setup, shape, index));
  if (shape.find(kDataName)) {
    return validation_error(setup.place.fault("data is what fills items up, and no key"));
  }
  return shape;
}

std::optional<std::size_t> ItemShape::find(std::string_view name) const {
  const auto found = std::find_if(attributes_.begin(), attributes_.end(),
                                  [name](const Attribute& each) { return each.name == name; });
  if (found == attributes_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - attributes_.begin());
}

std::size_t ItemShape::bytes_min() const {
  std::size_t bytes = kDataName.size() + kDataBytesMin;
  for (const Attribute& attribute : attributes_) bytes += attribute.bytes(kNoValue - 1);
  return bytes;
}

std::size_t ItemShape::data_bytes(const ItemState& item) const {
  std::size_t bytes = item.bytes - kDataName.size();
  for (const Attribute& attribute : attributes_) {
    const std::uint32_t number = attribute.number(item);
    if (number != kNoValue) bytes -= attribute.bytes(number);
  }
  return bytes;
}

}  // namespace stator
