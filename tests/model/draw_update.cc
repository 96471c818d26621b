#include "draw_update.h"

#include <algorithm>
#include <iterator>

#include "units.h"

namespace stator::plain {
namespace {

// Larger items and deeper values are for tests of the limits.
constexpr std::size_t kItemBytesMax = 300'000;
constexpr int kDepthMax = 24;

const Item kNoItem;

using Keys = std::map<std::string, Type>;

// Gives an index key a value or takes it away.
Action key_action(World* world, const Keys::value_type& key) {
  Action action = {.kind = world->random.chance(80) ? ActionKind::set : ActionKind::remove,
                   .target = {{.name = key.first}}};
  if (action.kind == ActionKind::set) action.source.value = world->values.index_key(key.second);
  return action;
}

void add(Action action, Update* update) {
  const bool fits = std::all_of(update->begin(), update->end(), [&](const Action& other) {
    return can_stand_together(action.target, other.target);
  });
  if (fits) update->push_back(std::move(action));
}

// An update that moves entries of indexes often and is refused seldom.
Update draw_actions(World* world, const Table& table) {
  const Keys keys = table.index_keys();
  Update update;
  if (!keys.empty() && world->random.chance(40)) {
    const auto position = static_cast<std::ptrdiff_t>(world->random.below(keys.size()));
    update.push_back(key_action(world, *std::next(keys.begin(), position)));
  }
  for (Action& action : world->expressions.update()) {
    const auto key = keys.find(action.target[0].name);
    const bool keeps = key == keys.end() || world->random.chance(20);
    add(keeps ? std::move(action) : key_action(world, *key), &update);
  }
  return update;
}

Outcome outcome_of(const Table& table, const Item& key, const Item* before, const Update& update) {
  if (before == nullptr && !makes_an_item(update)) return {};
  try {
    Item after = updated(before == nullptr ? kNoItem : *before, update);
    after.insert(key.begin(), key.end());
    if (!violations(table, before, after).empty() || is_too_large(table, after)) {
      return {.refused = Refused{}};
    }
    return {.after = std::move(after)};
  } catch (const Refused& refused) {
    return {.refused = refused};
  }
}

// Whether the outcome is known from observation and small enough.
bool can_be_tested(const Update& update, const Item* before, const Outcome& outcome) {
  for (const Action& action : update) {
    const bool nested_remove = action.kind == ActionKind::remove && action.target.size() > 1;
    if (nested_remove && before == nullptr && makes_an_item(update)) return false;
  }
  if (!outcome.after) return true;
  return size_of(*outcome.after) <= kItemBytesMax &&
         std::all_of(outcome.after->begin(), outcome.after->end(),
                     [](const auto& member) { return depth_of(member.second) <= kDepthMax; });
}

}  // namespace

DrawnUpdate draw_update(World* world, const Table& table, const KeyValues& key,
                        const Item* before) {
  while (true) {
    DrawnUpdate drawn;
    drawn.update = draw_actions(world, table);
    drawn.outcome = outcome_of(table, table.key_of(key), before, drawn.update);
    if (can_be_tested(drawn.update, before, drawn.outcome)) return drawn;
  }
}

}  // namespace stator::plain
