#include "capacity/key_sketches.h"

namespace stator {

double KeySketches::times_counted(TimePoint now) {
  if (now >= second_end_) {
    second_end_ = now + std::chrono::seconds(1);
    added_ = 0;
  }
  if (added_ < kExactPerSecond) {
    ++added_;
    return 1;
  }
  return random_.next() % kDrawnOneIn == 0 ? static_cast<double>(kDrawnOneIn) : 0;
}

void KeySketches::add(const CapacityPlace& place, double weight, TimePoint now) {
  if (place.collection_bytes == 0) return;
  const double times = times_counted(now);
  if (times == 0) return;
  collections_.add(place.collection(), times * weight, now);
  if (place.is_item && place.collection_bytes < place.position.size()) {
    items_.add(place.position, times * weight, now);
  }
}

}  // namespace stator
