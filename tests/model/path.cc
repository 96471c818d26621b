#include "path.h"

#include <algorithm>

namespace stator::plain {
namespace {

const Value* step_into(const Value& value, const Step& step) {
  if (step.index) {
    return value.type == Type::L && *step.index < value.list.size() ? &value.list[*step.index]
                                                                    : nullptr;
  }
  const auto found = value.map.find(step.name);
  return found == value.map.end() ? nullptr : &found->second;
}

// The part of `value` that the paths lead to, which agree up to `depth`. All lead to something.
Value part_of(const Value& value, const std::vector<const Path*>& paths, std::size_t depth) {
  if (paths.front()->size() == depth) return value;
  Value part = {.type = value.type};
  if (value.type == Type::L) {
    for (std::size_t i = 0; i < value.list.size(); ++i) {
      std::vector<const Path*> inner;
      for (const Path* path : paths) {
        if ((*path)[depth].index == i) inner.push_back(path);
      }
      if (!inner.empty()) part.list.push_back(part_of(value.list[i], inner, depth + 1));
    }
    return part;
  }
  for (const auto& [name, member] : value.map) {
    std::vector<const Path*> inner;
    for (const Path* path : paths) {
      if ((*path)[depth].name == name) inner.push_back(path);
    }
    if (!inner.empty()) part.map[name] = part_of(member, inner, depth + 1);
  }
  return part;
}

}  // namespace

const Value* find(const Item& item, const Path& path) {
  const auto found = item.find(path.front().name);
  const Value* value = found == item.end() ? nullptr : &found->second;
  for (std::size_t i = 1; i < path.size() && value != nullptr; ++i) {
    value = step_into(*value, path[i]);
  }
  return value;
}

Value* find(Item* item, const Path& path) {
  return const_cast<Value*>(find(*item, path));
}

bool can_stand_together(const Path& a, const Path& b) {
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (a[i] == b[i]) continue;
    return a[i].index.has_value() == b[i].index.has_value();
  }
  return false;
}

Item projected(const Item& item, const std::vector<Path>& paths) {
  std::vector<const Path*> there;
  for (const Path& path : paths) {
    if (find(item, path) != nullptr) there.push_back(&path);
  }
  if (there.empty()) return {};
  return part_of({.type = Type::M, .map = item}, there, 0).map;
}

}  // namespace stator::plain
