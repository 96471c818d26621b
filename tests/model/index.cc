#include "index.h"

#include <algorithm>

#include "table.h"

namespace stator::plain {
namespace {

constexpr std::size_t kPartitionKeyBytesMax = 2048;
constexpr std::size_t kSortKeyBytesMax = 1024;
constexpr std::size_t kItemBytesMax = 400 * 1024;
constexpr std::size_t kStorageBytesPerItem = 100;

bool has(const std::vector<KeyAttribute>& attributes, const std::string& name) {
  return std::any_of(attributes.begin(), attributes.end(),
                     [&](const KeyAttribute& attribute) { return attribute.name == name; });
}

const Value* attribute_of(const Item* item, const std::string& name) {
  if (item == nullptr) return nullptr;
  const auto found = item->find(name);
  return found == item->end() ? nullptr : &found->second;
}

bool is_key_value(const KeyAttribute& attribute, const Value& value) {
  return value.type == attribute.type && (value.type == Type::N || !value.text.empty());
}

// The bytes of keys that count towards their limit: those of strings and binaries.
std::size_t key_bytes(const std::vector<KeyAttribute>& attributes, const Item& item) {
  std::size_t bytes = 0;
  for (const KeyAttribute& attribute : attributes) {
    const Value* const value = attribute_of(&item, attribute.name);
    if (value != nullptr && value->type == attribute.type) bytes += value->text.size();
  }
  return bytes;
}

bool has_keys(const std::vector<KeyAttribute>& attributes, std::size_t bytes_max,
              const Item& item) {
  const bool all = std::all_of(attributes.begin(), attributes.end(), [&](const auto& attribute) {
    const Value* const value = attribute_of(&item, attribute.name);
    return value != nullptr && is_key_value(attribute, *value);
  });
  return all && key_bytes(attributes, item) <= bytes_max;
}

void add_violations(const Index& index, const std::vector<KeyAttribute>& attributes,
                    std::size_t bytes_max, const Item* before, const Item& after,
                    std::vector<Violation>* violations) {
  const bool is_too_long = key_bytes(attributes, after) > bytes_max;
  for (const KeyAttribute& attribute : attributes) {
    const Value* const value = attribute_of(&after, attribute.name);
    if (value == nullptr) continue;
    const Value* const old = attribute_of(before, attribute.name);
    if (old != nullptr && *old == *value) continue;
    if (is_too_long || !is_key_value(attribute, *value)) {
      violations->push_back({.index = &index, .attribute = attribute.name});
    }
  }
}

bool same_keys(const Index& index, const Item& a, const Item& b) {
  const auto same = [&](const KeyAttribute& attribute) {
    return a.at(attribute.name) == b.at(attribute.name);
  };
  return std::all_of(index.partition.begin(), index.partition.end(), same) &&
         std::all_of(index.sort.begin(), index.sort.end(), same);
}

std::size_t size_or_zero(const std::optional<Item>& item) {
  return item ? size_of(*item) : 0;
}

// Nothing where the index is not written.
std::optional<double> index_units(const Table& table, const Index& index, const Item* before,
                                  const Item* after) {
  std::optional<Item> from;
  std::optional<Item> to;
  if (before != nullptr) from = entry_of(table, index, *before);
  if (after != nullptr) to = entry_of(table, index, *after);
  if (from == to) return std::nullopt;
  const bool moves = from && to && !same_keys(index, *from, *to);
  if (moves) return write_units(size_of(*from), 0) + write_units(0, size_of(*to));
  return write_units(size_or_zero(from), size_or_zero(to));
}

}  // namespace

bool Index::is_key(const std::string& attribute) const {
  return has(partition, attribute) || has(sort, attribute);
}

bool Index::shows(const Table& table, const std::string& attribute) const {
  return projected == Projected::all || is_key(attribute) || table.is_key(attribute) ||
         std::find(included.begin(), included.end(), attribute) != included.end();
}

std::optional<Item> entry_of(const Table& table, const Index& index, const Item& item) {
  if (!has_keys(index.partition, kPartitionKeyBytesMax, item) ||
      !has_keys(index.sort, kSortKeyBytesMax, item)) {
    return std::nullopt;
  }
  Item entry = item;
  std::erase_if(entry, [&](const auto& member) { return !index.shows(table, member.first); });
  return entry;
}

std::vector<Violation> violations(const Table& table, const Item* before, const Item& after) {
  std::vector<Violation> violations;
  for (const Index& index : table.indexes) {
    add_violations(index, index.partition, kPartitionKeyBytesMax, before, after, &violations);
    add_violations(index, index.sort, kSortKeyBytesMax, before, after, &violations);
  }
  return violations;
}

bool is_too_large(const Table& table, const Item& item) {
  std::size_t bytes = size_of(item);
  for (const Index& index : table.indexes) {
    if (index.kind == IndexKind::local) bytes += size_or_zero(entry_of(table, index, item));
  }
  return bytes > kItemBytesMax;
}

Units write_units(const Table& table, const Item* before, const Item* after) {
  const std::size_t bytes_before = before == nullptr ? 0 : size_of(*before);
  Units units = {.table = write_units(bytes_before, after == nullptr ? 0 : size_of(*after))};
  for (const Index& index : table.indexes) {
    const std::optional<double> arm = index_units(table, index, before, after);
    if (!arm) continue;
    (index.kind == IndexKind::local ? units.local : units.global)[index.name] = *arm;
  }
  return units;
}

IndexFigures figures_of(const Table& table, const Index& index) {
  IndexFigures figures;
  for (const auto& [key, item] : table.items) {
    const std::optional<Item> entry = entry_of(table, index, item);
    if (!entry) continue;
    ++figures.items;
    figures.bytes += size_of(*entry) + kStorageBytesPerItem;
  }
  return figures;
}

}  // namespace stator::plain
