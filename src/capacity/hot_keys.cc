#include "capacity/hot_keys.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace stator {

void HotKeys::fade(TimePoint now) {
  if (now < next_fade_) return;
  if (next_fade_ != TimePoint{}) {
    const auto more = (now - next_fade_) / std::chrono::microseconds(kHalfLife);
    const double factor = std::exp2(-static_cast<double>(more + 1));
    for (Counter& counter : counters_) counter.error *= factor;
    for (Place& place : heap_) place.units *= factor;
    total_ *= factor;
  }
  next_fade_ = now + kHalfLife;
}

// Where `key` is, or the empty slot where it would be.
std::size_t HotKeys::slot_of(std::string_view key, std::uint64_t hash) const {
  std::size_t slot = hash % kSlots;
  for (; slots_[slot] != 0; slot = (slot + 1) % kSlots) {
    const Counter& counter = counters_[slots_[slot] - 1U];
    if (counter.hash == hash && counter.key == key) break;
  }
  return slot;
}

// Moves what comes behind into the gap, so that no search ends too early.
void HotKeys::empty_slot(std::size_t gap) {
  slots_[gap] = 0;
  for (std::size_t slot = (gap + 1) % kSlots; slots_[slot] != 0; slot = (slot + 1) % kSlots) {
    const std::size_t home = counters_[slots_[slot] - 1U].hash % kSlots;
    if ((slot + kSlots - home) % kSlots < (slot + kSlots - gap) % kSlots) continue;
    slots_[gap] = std::exchange(slots_[slot], CounterIndex{0});
    gap = slot;
  }
}

void HotKeys::put(std::size_t place, Place what) {
  heap_[place] = what;
  counters_[what.counter].place = static_cast<CounterIndex>(place);
}

void HotKeys::sink(std::size_t place) {
  const Place sinking = heap_[place];
  for (std::size_t least; (least = least_child(place)) < heap_.size(); place = least) {
    if (heap_[least].units >= sinking.units) break;
    put(place, heap_[least]);
  }
  put(place, sinking);
}

// The child of a place with the least units; the heap's size where it has none.
std::size_t HotKeys::least_child(std::size_t place) const {
  const std::size_t first = kHeapWidth * place + 1;
  if (first >= heap_.size()) return heap_.size();
  const std::size_t end = std::min(first + kHeapWidth, heap_.size());
  std::size_t least = first;
  for (std::size_t child = first + 1; child < end; ++child) {
    if (heap_[child].units < heap_[least].units) least = child;
  }
  return least;
}

void HotKeys::rise(std::size_t place) {
  const Place rising = heap_[place];
  while (place > 0) {
    const std::size_t parent = (place - 1) / kHeapWidth;
    if (heap_[parent].units <= rising.units) break;
    put(place, heap_[parent]);
    place = parent;
  }
  put(place, rising);
}

void HotKeys::insert(std::size_t slot, std::string_view key, std::uint64_t hash, double units) {
  const auto counter = static_cast<CounterIndex>(counters_.size());
  counters_.push_back({std::string(key), 0, hash, counter});
  heap_.push_back({units, counter});
  slots_[slot] = static_cast<CounterIndex>(counter + 1);
  rise(counter);
}

// The new key takes over what the least one had, as its error.
void HotKeys::replace_least(std::string_view key, std::uint64_t hash, double units) {
  Place& least = heap_.front();
  Counter& counter = counters_[least.counter];
  empty_slot(slot_of(counter.key, counter.hash));
  counter.key.assign(key);
  counter.error = least.units;
  counter.hash = hash;
  slots_[slot_of(key, hash)] = static_cast<CounterIndex>(least.counter + 1);
  least.units += units;
  sink(0);
}

void HotKeys::add(std::string_view key, double units, TimePoint now) {
  fade(now);
  if (slots_.empty()) slots_.resize(kSlots);
  total_ += units;
  const std::uint64_t hash = std::hash<std::string_view>{}(key);
  const std::size_t slot = slot_of(key, hash);
  if (slots_[slot] != 0) {
    const std::size_t place = counters_[slots_[slot] - 1U].place;
    heap_[place].units += units;
    return sink(place);
  }
  if (counters_.size() < kCountersMax) return insert(slot, key, hash, units);
  replace_least(key, hash, units);
}

std::vector<HotKey> HotKeys::top(std::size_t count, TimePoint now) {
  fade(now);
  std::vector<HotKey> keys;
  for (const Counter& counter : counters_) {
    keys.push_back({counter.key, heap_[counter.place].units, counter.error});
  }
  std::sort(keys.begin(), keys.end(), [](const HotKey& a, const HotKey& b) {
    return a.units != b.units ? a.units > b.units : a.key < b.key;
  });
  if (keys.size() > count) keys.resize(count);
  return keys;
}

double HotKeys::total(TimePoint now) {
  fade(now);
  return total_;
}

}  // namespace stator
