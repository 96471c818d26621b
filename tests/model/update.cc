#include "update.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

namespace stator::plain {
namespace {

// What an action does to its target: a new value, or none.
struct Change {
  Path target;
  std::optional<Value> value;
};

Refused wrong_type() {
  return {"An operand in the update expression has an incorrect data type"};
}

Refused wrong_path() {
  return {"The document path provided in the update expression is invalid for update"};
}

Value calculated(const Value& left, const Value& right, SourceKind kind) {
  if (left.type != Type::N || right.type != Type::N) throw wrong_type();
  const Decimal result =
      sum(left.number, kind == SourceKind::plus ? right.number : negated(right.number));
  if (!is_storable(result)) throw Refused{""};
  return number_value(result);
}

Value evaluated(const Source& source, const Item& before) {
  if (source.kind == SourceKind::value) return source.value;
  if (source.kind == SourceKind::path || source.kind == SourceKind::if_not_exists) {
    if (const Value* const found = find(before, source.path)) return *found;
    if (source.kind == SourceKind::if_not_exists) return evaluated(source.inner[0], before);
    throw Refused{"The provided expression refers to an attribute that does not exist in the item"};
  }
  Value left = evaluated(source.inner[0], before);
  const Value right = evaluated(source.inner[1], before);
  if (source.kind != SourceKind::list_append) return calculated(left, right, source.kind);
  if (left.type != Type::L || right.type != Type::L) throw wrong_type();
  left.list.insert(left.list.end(), right.list.begin(), right.list.end());
  return left;
}

Value joined(const Value& old, const Value& more) {
  std::vector<Value> elements = old.list;
  elements.insert(elements.end(), more.list.begin(), more.list.end());
  return set_value(std::move(elements));
}

std::optional<Value> without(const Value& old, const Value& gone) {
  std::vector<Value> elements;
  for (const Value& element : old.list) {
    if (std::find(gone.list.begin(), gone.list.end(), element) == gone.list.end()) {
      elements.push_back(element);
    }
  }
  if (elements.empty()) return std::nullopt;
  return set_value(std::move(elements));
}

std::optional<Change> change_of(const Action& action, const Item& before) {
  if (action.kind == ActionKind::remove) return Change{action.target, std::nullopt};
  if (action.kind == ActionKind::set) {
    return Change{action.target, evaluated(action.source, before)};
  }
  const Value* const old = find(before, action.target);
  const Value& operand = action.source.value;
  if (old == nullptr && action.kind == ActionKind::erase) return std::nullopt;
  if (old == nullptr) return Change{action.target, operand};
  if (old->type != operand.type) throw wrong_type();
  if (action.kind == ActionKind::erase) return Change{action.target, without(*old, operand)};
  if (operand.type == Type::N) {
    return Change{action.target, calculated(*old, operand, SourceKind::plus)};
  }
  return Change{action.target, joined(*old, operand)};
}

// The map or list that holds the target, or null for an attribute.
Value* parent_of(Item* item, const Path& target) {
  if (target.size() == 1) return nullptr;
  Value* const parent = find(item, {target.begin(), target.end() - 1});
  const Type wanted = target.back().index ? Type::L : Type::M;
  if (parent == nullptr || parent->type != wanted) throw wrong_path();
  return parent;
}

// Lists change their length at the end, so that all targets are found where they were; the deepest
// first, as a list that grows or shrinks moves what is in it.
struct ListChanges {
  std::map<std::size_t, Value> appended = {};  // by the index that was written
  std::vector<std::size_t> removed = {};
};

struct ListPlace {
  std::size_t depth = 0;
  Value* list = nullptr;

  bool operator<(const ListPlace& other) const {
    return depth != other.depth ? depth > other.depth : std::less<>()(list, other.list);
  }
};

using Lists = std::map<ListPlace, ListChanges>;

void apply(const Change& change, Item* item, Lists* lists) {
  Value* const parent = parent_of(item, change.target);
  const Step& last = change.target.back();
  if (parent != nullptr && last.index) {
    ListChanges& list = (*lists)[{change.target.size(), parent}];
    const bool is_there = *last.index < parent->list.size();
    if (!change.value && is_there) list.removed.push_back(*last.index);
    if (change.value && is_there) parent->list[*last.index] = *change.value;
    if (change.value && !is_there) list.appended[*last.index] = *change.value;
    return;
  }
  Item* const members = parent == nullptr ? item : &parent->map;
  if (change.value) {
    (*members)[last.name] = *change.value;
  } else {
    members->erase(last.name);
  }
}

void resize(Value* list, ListChanges changes) {
  for (const auto& [index, value] : changes.appended) list->list.push_back(value);
  std::sort(changes.removed.rbegin(), changes.removed.rend());
  for (const std::size_t index : changes.removed) {
    list->list.erase(list->list.begin() + static_cast<std::ptrdiff_t>(index));
  }
}

std::string text_of(const Source& source, Placeholders* placeholders) {
  if (source.kind == SourceKind::value) return placeholders->value(source.value);
  if (source.kind == SourceKind::path) return placeholders->path(source.path);
  if (source.kind == SourceKind::if_not_exists) {
    const std::string path = placeholders->path(source.path);
    return "if_not_exists(" + path + ", " + text_of(source.inner[0], placeholders) + ")";
  }
  const std::string left = text_of(source.inner[0], placeholders);
  const std::string right = text_of(source.inner[1], placeholders);
  if (source.kind == SourceKind::list_append) return "list_append(" + left + ", " + right + ")";
  return left + (source.kind == SourceKind::plus ? " + " : " - ") + right;
}

std::string text_of(const Action& action, Placeholders* placeholders) {
  const std::string target = placeholders->path(action.target);
  if (action.kind == ActionKind::remove) return target;
  return target + (action.kind == ActionKind::set ? " = " : " ") +
         text_of(action.source, placeholders);
}

}  // namespace

Item updated(const Item& before, const Update& update) {
  std::vector<Change> changes;
  for (const Action& action : update) {
    if (auto change = change_of(action, before)) changes.push_back(*std::move(change));
  }
  Item item = before;
  Lists lists;
  for (const Change& change : changes) apply(change, &item, &lists);
  for (const auto& [place, list_changes] : lists) resize(place.list, list_changes);
  return item;
}

bool makes_an_item(const Update& update) {
  return update.empty() || std::any_of(update.begin(), update.end(), [](const Action& action) {
           return action.kind == ActionKind::set || action.kind == ActionKind::add;
         });
}

std::string text_of(const Update& update, Placeholders* placeholders) {
  std::string text;
  for (const auto& [kind, keyword] : {std::pair{ActionKind::set, "SET "},
                                      {ActionKind::remove, "REMOVE "},
                                      {ActionKind::add, "ADD "},
                                      {ActionKind::erase, "DELETE "}}) {
    std::string section;
    for (const Action& action : update) {
      if (action.kind != kind) continue;
      section += (section.empty() ? keyword : ", ") + text_of(action, placeholders);
    }
    if (!section.empty()) text += (text.empty() ? "" : " ") + section;
  }
  return text;
}

}  // namespace stator::plain
