#include "streams/shard_delivery.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/check.h"

namespace stator {

// A window's state is made by one batch after the other, so a mapping with windows has one lane.
ShardDelivery::ShardDelivery(const MappingSettings& settings, const DeliveryCheckpoint& checkpoint)
    : settings_(settings) {
  const bool has_window = settings_.tumbling_window.count() > 0;
  const std::size_t lanes = has_window ? 1 : settings_.parallelization;
  CHECK(lanes > 0 && settings_.batch_size > 0);
  TumblingWindow window;
  if (has_window) {
    window =
        TumblingWindow(settings_.tumbling_window, checkpoint.window, checkpoint.earliest_window);
  }
  for (std::size_t i = 0; i < lanes; ++i) {
    places_.push_back({BatchLane(settings_, window), checkpoint.done, checkpoint.is_finished});
  }
}

// Each lane can have a batch at the handler and the next one ready.
bool ShardDelivery::is_full() const {
  std::size_t records = 0;
  std::size_t bytes = 0;
  for (const Place& place : places_) {
    records += place.lane.records();
    bytes += place.lane.bytes();
  }
  const std::size_t batches = 2 * places_.size();
  return records >= batches * settings_.batch_size ||
         bytes >= batches * settings_.payload_bytes_max;
}

// A lane that is blocked must not fill the memory. One that takes more than its share while others
// are read for saves reading it again.
bool ShardDelivery::takes_records(const Place& place) const {
  const std::size_t records_max =
      std::max(2 * places_.size() * settings_.batch_size, settings_.lane_records_max);
  return !place.is_last && place.lane.records() < records_max &&
         place.lane.bytes() < 2 * settings_.payload_bytes_max;
}

// When the lanes together have enough, reading goes on for one that has not got a batch.
bool ShardDelivery::wants_records(const Place& place, bool full) const {
  const bool has_batch = place.lane.records() >= settings_.batch_size ||
                         place.lane.bytes() >= settings_.payload_bytes_max;
  return takes_records(place) && !(full && has_batch);
}

bool ShardDelivery::wants_records() const {
  const bool full = is_full();
  return std::any_of(places_.begin(), places_.end(),
                     [this, full](const Place& place) { return wants_records(place, full); });
}

std::uint64_t ShardDelivery::read_after() const {
  const bool full = is_full();
  std::optional<std::uint64_t> after;
  for (const Place& place : places_) {
    if (!wants_records(place, full)) continue;
    after = std::min(after.value_or(place.read_through), place.read_through);
  }
  return after.value_or(done());
}

// A lane takes a page whole or not at all, and never one that leaves a gap behind what it has.
void ShardDelivery::add(DeliveryPage page, TimePoint now) {
  std::vector<Place*> taking;
  for (Place& place : places_) {
    if (place.read_through >= page.after && takes_records(place)) taking.push_back(&place);
  }
  const auto takes = [&taking](const Place& place) {
    return std::find(taking.begin(), taking.end(), &place) != taking.end();
  };
  for (DeliveryRecord& record : page.records) {
    Place& place = place_of(record);
    if (record.number <= place.read_through || !takes(place)) continue;
    place.lane.add(std::move(record), now);
  }
  for (Place* const place : taking) {
    place->read_through = std::max(place->read_through, page.read_through);
    place->is_last = page.is_last;
  }
}

std::optional<DeliveryAction> ShardDelivery::next(TimePoint now) {
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const std::size_t lane = (turn_ + i) % places_.size();
    Place& place = places_[lane];
    std::optional<DeliveryAction> action = place.lane.next(time(place, now));
    if (!action) continue;
    action->lane = lane;
    turn_ = lane + 1;
    return action;
  }
  return std::nullopt;
}

std::optional<TimePoint> ShardDelivery::wake_at(TimePoint now) const {
  std::optional<TimePoint> earliest;
  for (const Place& place : places_) {
    const std::optional<TimePoint> at = place.lane.wake_at(time(place, now));
    if (at && (!earliest || *at < *earliest)) earliest = at;
  }
  return earliest;
}

void ShardDelivery::invoked(std::size_t lane, InvocationResult result, TimePoint now) {
  places_[lane].lane.invoked(std::move(result), now);
}

void ShardDelivery::discarded(std::size_t lane) {
  places_[lane].lane.discarded();
}

std::uint64_t ShardDelivery::done() const {
  std::optional<std::uint64_t> done;
  for (const Place& place : places_) {
    const std::optional<std::uint64_t> pending = place.lane.first_pending();
    const std::uint64_t of_lane = pending ? *pending - 1 : place.read_through;
    done = std::min(done.value_or(of_lane), of_lane);
  }
  return *done;
}

DeliveryCheckpoint ShardDelivery::checkpoint() const {
  const TumblingWindow& window = places_.front().lane.window();
  return {.done = done(),
          .is_finished = is_finished(),
          .window = window.open(),
          .earliest_window = window.earliest()};
}

bool ShardDelivery::is_finished() const {
  return std::all_of(places_.begin(), places_.end(),
                     [](const Place& place) { return place.is_last && place.lane.is_idle(); });
}

}  // namespace stator
