#include "capacity/key_sample.h"

#include <algorithm>
#include <map>

#include "model/partition_map.h"

namespace stator {
namespace {

std::string_view hash_of(std::string_view position) {
  return position.substr(0, kPositionHashBytes);
}

// A place between two keys that were seen, and what lies before it.
struct Cut {
  std::string_view before;
  std::string_view after;
  double units_before;

  bool is_inside_collection() const { return hash_of(before) == hash_of(after); }
  double smaller_side(double total) const { return std::min(units_before, total - units_before); }
};

}  // namespace

void KeySample::clear() {
  keys_.clear();
  stride_ = 1;
  skip_ = 0;
}

void KeySample::keep(std::string_view position, double units) {
  if (keys_.size() == kKeysMax) {
    for (std::size_t i = 0; i < kKeysMax / 2; ++i) keys_[i] = std::move(keys_[2 * i]);
    keys_.resize(kKeysMax / 2);
    stride_ *= 2;
  }
  keys_.push_back({std::string(position), units});
  // From 0 to 2 x stride - 2: stride - 1 on average.
  skip_ = random_.below(2 * stride_ - 1);
}

double KeySample::mean_units() const {
  double total = 0;
  std::size_t known = 0;
  for (const Kept& kept : keys_) {
    total += kept.units;
    if (kept.units > 0) ++known;
  }
  return known == 0 ? 1 : total / static_cast<double>(known);
}

bool KeySample::is_walk(std::string_view prefix) const {
  std::vector<std::string_view> seen;
  for (const Kept& kept : keys_) {
    if (kept.position.starts_with(prefix)) seen.push_back(kept.position);
  }
  const std::size_t far = std::max<std::size_t>(seen.size() / kWalkStepsInSample, 1);
  std::size_t up = 0;
  std::size_t down = 0;
  for (std::size_t i = far; i < seen.size(); ++i) {
    if (seen[i - far] < seen[i]) ++up;
    if (seen[i - far] > seen[i]) ++down;
  }
  const auto steps = static_cast<double>(up + down);
  return up + down >= kWalkStepsMin &&
         static_cast<double>(std::max(up, down)) >= kWalkShare * steps;
}

std::optional<std::string> KeySample::cut(CollectionCuts collections,
                                          const KeySample& served) const {
  if (keys_.size() < kKeysMin || served.is_walk("")) return std::nullopt;
  std::map<std::string_view, double> units_of;
  const double unknown = mean_units();
  double total = 0;
  for (const Kept& kept : keys_) {
    const double units = kept.units > 0 ? kept.units : unknown;
    units_of[kept.position] += units;
    total += units;
  }
  std::optional<Cut> best;
  std::string_view last;
  double before = 0;
  for (const auto& [position, units] : units_of) {
    if (units > kHotItemShare * total) return std::nullopt;
    const Cut here{last, position, before};
    const bool is_best = !best || here.smaller_side(total) > best->smaller_side(total);
    if (before > 0 && is_best &&
        (!here.is_inside_collection() ||
         (collections == CollectionCuts::allowed && !served.is_walk(hash_of(position))))) {
      best = here;
    }
    last = position;
    before += units;
  }
  if (!best || best->smaller_side(total) < kSideShare * total) return std::nullopt;
  return std::string(best->is_inside_collection() ? best->after : hash_of(best->after));
}

}  // namespace stator
