#include "table.h"

#include <algorithm>

namespace stator::plain {

bool KeyOrder::operator()(const KeyValues& a, const KeyValues& b) const {
  const std::strong_ordering order = compare_scalars(a.partition, b.partition);
  if (order != 0 || !a.sort) return order < 0;
  return compare_scalars(*a.sort, *b.sort) < 0;
}

bool matches(const SortTest& test, const Value& sort) {
  if (test.test == Test::begins_with) return sort.text.starts_with(test.first.text);
  if (test.test != Test::between) return compares(test.test, sort, test.first);
  return compares(Test::greater_equal, sort, test.first) &&
         compares(Test::less_equal, sort, test.second);
}

Item Table::key_of(const KeyValues& key) const {
  Item item = {{partition.name, key.partition}};
  if (sort) item[sort->name] = key.sort.value();
  return item;
}

KeyValues Table::key_of(const Item& item) const {
  KeyValues key = {.partition = item.at(partition.name), .sort = std::nullopt};
  if (sort) key.sort = item.at(sort->name);
  return key;
}

bool Table::is_key(const std::string& name) const {
  return name == partition.name || (sort && name == sort->name);
}

std::map<std::string, Type> Table::all_keys() const {
  std::map<std::string, Type> keys = {{partition.name, partition.type}};
  if (sort) keys[sort->name] = sort->type;
  for (const Index& index : indexes) {
    for (const KeyAttribute& attribute : index.partition) keys[attribute.name] = attribute.type;
    for (const KeyAttribute& attribute : index.sort) keys[attribute.name] = attribute.type;
  }
  return keys;
}

std::map<std::string, Type> Table::index_keys() const {
  std::map<std::string, Type> keys = all_keys();
  std::erase_if(keys, [&](const auto& attribute) { return is_key(attribute.first); });
  return keys;
}

bool Table::has_index(const std::string& name) const {
  return std::any_of(indexes.begin(), indexes.end(),
                     [&](const Index& index) { return index.name == name; });
}

std::vector<Items::const_iterator> Table::collection(const Value& partition_key,
                                                     const std::optional<SortTest>& test) const {
  std::vector<Items::const_iterator> found;
  for (auto at = items.begin(); at != items.end(); ++at) {
    if (compare_scalars(at->first.partition, partition_key) != 0) continue;
    if (!test || matches(*test, *at->first.sort)) found.push_back(at);
  }
  return found;
}

}  // namespace stator::plain
