#include "draw_index.h"

#include <algorithm>
#include <set>

namespace stator::plain {
namespace {

constexpr std::size_t kIncludedMax = 3;

// Attributes that no part of the key has yet, each with the type that the table knows it by.
class KeyDraw {
 public:
  KeyDraw(World* world, const Table& table)
      : world_(*world), table_(table), types_(table.all_keys()) {}

  KeyAttribute next() {
    std::string name = any_name();
    while (!used_.insert(name).second) name = any_name();
    const auto known = types_.find(name);
    const Type type = known == types_.end() ? world_.values.scalar_type() : known->second;
    return {.name = std::move(name), .type = type};
  }
  std::vector<KeyAttribute> next(std::size_t count) {
    std::vector<KeyAttribute> keys;
    for (; count > 0; --count) keys.push_back(next());
    return keys;
  }
  void use(const std::string& name) { used_.insert(name); }

 private:
  std::string any_name() {
    if (!world_.random.chance(15)) return world_.values.attribute_name();
    if (table_.sort && world_.random.chance(50)) return table_.sort->name;
    return table_.partition.name;
  }

  World& world_;
  const Table& table_;
  const std::map<std::string, Type> types_;
  std::set<std::string> used_ = {};
};

std::vector<std::string> draw_included(World* world, const Index& index) {
  std::set<std::string> names;
  for (std::size_t i = 1 + world->random.below(kIncludedMax); i > 0; --i) {
    std::string name = world->values.attribute_name();
    while (index.is_key(name)) name = world->values.attribute_name();
    names.insert(std::move(name));
  }
  return {names.begin(), names.end()};
}

}  // namespace

std::string any_index_name(World* world) {
  static const std::vector<std::string> names = {"by_a", "i.2", "other-1", "IDX",
                                                 "x_y",  "zz9", "Status",  "a.b"};
  return world->random.one_of(names);
}

Index draw_index(World* world, const Table& table, IndexKind kind) {
  Index index = {.name = any_index_name(world), .kind = kind};
  while (table.has_index(index.name)) index.name = any_index_name(world);
  KeyDraw keys(world, table);
  if (kind == IndexKind::local) {
    keys.use(table.partition.name);
    keys.use(table.sort->name);
    index.partition = {table.partition};
    index.sort = keys.next(1);
  } else {
    const bool multiple = world->random.chance(30);
    index.partition = keys.next(multiple ? 1 + world->random.below(2) : 1);
    index.sort = keys.next(world->random.below(multiple ? 3 : 2));
  }
  static const std::vector<Projected> projections = {Projected::keys_only, Projected::include,
                                                     Projected::all};
  index.projected = world->random.one_of(projections);
  if (index.projected == Projected::include) index.included = draw_included(world, index);
  return index;
}

}  // namespace stator::plain
