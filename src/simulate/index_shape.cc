#include "simulate/index_shape.h"

#include <algorithm>
#include <span>

#include "base/check.h"
#include "capacity/units.h"
#include "simulate/numbered_value.h"
#include "storage/row_key.h"

namespace stator {
namespace {

NumberedValue value_of(const ItemShape& items, std::size_t attribute, const ItemState& item) {
  const ItemShape::Attribute& shape = items.attributes()[attribute];
  return NumberedValue(shape.type, shape.number(item));
}

std::vector<std::size_t> places_of(const std::vector<KeyAttribute>& key, const ItemShape& items) {
  std::vector<std::size_t> places;
  for (const KeyAttribute& attribute : key) {
    const std::optional<std::size_t> place = items.find(attribute.name);
    CHECK(place.has_value());
    places.push_back(*place);
  }
  return places;
}

}  // namespace

IndexShape::IndexShape(const TableDefinition& table, const IndexDefinition& index,
                       const ItemShape& items)
    : items_(&items),
      name_(index.name),
      kind_(index.kind),
      partition_(places_of(index.key.partition, items)),
      sort_(places_of(index.key.sort, items)),
      projects_all_(index.projection.type == ProjectionType::all),
      projects_data_(projects_all_ || index.projects(table.key, kDataName)) {
  for (std::size_t i = 0; i < items.attributes().size(); ++i) {
    if (projects_all_ || index.projects(table.key, items.attributes()[i].name)) {
      projected_.push_back(i);
    }
  }
}

bool IndexShape::has_all(const std::vector<std::size_t>& attributes, const ItemState& item) const {
  return std::all_of(attributes.begin(), attributes.end(), [&](std::size_t attribute) {
    return items_->attributes()[attribute].number(item) != kNoValue;
  });
}

bool IndexShape::is_same(const std::vector<std::size_t>& attributes, const ItemState& a,
                         const ItemState& b) const {
  return std::all_of(attributes.begin(), attributes.end(), [&](std::size_t attribute) {
    const ItemShape::Attribute& shape = items_->attributes()[attribute];
    return shape.number(a) == shape.number(b);
  });
}

bool IndexShape::has_entry(const ItemState& item) const {
  return item.exists() && has_all(partition_, item) && has_all(sort_, item);
}

std::size_t IndexShape::entry_bytes(const ItemState& item) const {
  if (projects_all_) return item.bytes;
  std::size_t bytes = projects_data_ ? kDataName.size() + items_->data_bytes(item) : 0;
  for (const std::size_t attribute : projected_) {
    const ItemShape::Attribute& shape = items_->attributes()[attribute];
    const std::uint32_t number = shape.number(item);
    if (number != kNoValue) bytes += shape.bytes(number);
  }
  return bytes;
}

EntryUnits IndexShape::units(const ItemState& before, const ItemState& after) const {
  const bool existed = has_entry(before);
  const bool exists = has_entry(after);
  if (!existed && !exists) return {};
  if (!existed) return {.put = write_units(0, entry_bytes(after))};
  if (!exists) return {.erased = write_units(entry_bytes(before), 0)};
  if (!is_same(partition_, before, after) || !is_same(sort_, before, after)) {
    return {.erased = write_units(entry_bytes(before), 0),
            .put = write_units(0, entry_bytes(after))};
  }
  // Each write has `data` of its own.
  if (!projects_data_ && is_same(projected_, before, after)) return {};
  return {.put = write_units(entry_bytes(before), entry_bytes(after))};
}

CapacityPlace IndexShape::append_place(const ItemState& item, std::string* out) const {
  return append_place_of(*items_, partition_, sort_, item, out);
}

std::optional<std::size_t> IndexShape::collection_attribute() const {
  if (partition_.size() != 1) return std::nullopt;
  return partition_.front();
}

CapacityPlace append_place_of(const ItemShape& items, const std::vector<std::size_t>& partition,
                              const std::vector<std::size_t>& sort, const ItemState& item,
                              std::string* out) {
  std::array<std::optional<NumberedValue>, kKeyAttributesMax> values;
  std::array<ValueView, kKeyAttributesMax> views;
  for (std::size_t i = 0; i < partition.size(); ++i) {
    views[i] = values[i].emplace(value_of(items, partition[i], item)).view();
  }
  const std::size_t start = out->size() + kKeyspaceBytes;
  append_partition(0, std::span(views).first(partition.size()), out);
  const std::size_t collection_bytes = out->size() - start;
  for (const std::size_t attribute : sort) {
    append_key_part(value_of(items, attribute, item).view(), out);
  }
  return {.position = std::string_view(*out).substr(start), .collection_bytes = collection_bytes};
}

}  // namespace stator
