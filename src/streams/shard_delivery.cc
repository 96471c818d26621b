#include "streams/shard_delivery.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace stator {

// A window's state is made by one batch after the other, so a mapping with windows has one lane.
ShardDelivery::ShardDelivery(const MappingSettings& settings, const DeliveryCheckpoint& checkpoint)
    : settings_(settings), read_through_(checkpoint.done), is_last_(checkpoint.is_finished) {
  const bool has_window = settings_.tumbling_window.count() > 0;
  const std::size_t lanes = has_window ? 1 : settings_.parallelization;
  CHECK(lanes > 0 && settings_.batch_size > 0);
  TumblingWindow window;
  if (has_window) {
    window =
        TumblingWindow(settings_.tumbling_window, checkpoint.window, checkpoint.earliest_window);
  }
  for (std::size_t i = 0; i < lanes; ++i) lanes_.emplace_back(settings_, window);
}

// Each lane can have a batch at the handler and the next one ready; a lane that is blocked must not
// fill the memory.
bool ShardDelivery::wants_records() const {
  std::size_t records = 0;
  std::size_t bytes = 0;
  for (const BatchLane& lane : lanes_) {
    records += lane.records();
    bytes += lane.bytes();
  }
  const std::size_t batches = 2 * lanes_.size();
  return !is_last_ && records < batches * settings_.batch_size &&
         bytes < batches * settings_.payload_bytes_max;
}

void ShardDelivery::add(DeliveryPage page, TimePoint now) {
  for (DeliveryRecord& record : page.records) {
    lanes_[record.key_hash % lanes_.size()].add(std::move(record), now);
  }
  read_through_ = std::max(read_through_, page.read_through);
  is_last_ = is_last_ || page.is_last;
}

std::optional<DeliveryAction> ShardDelivery::next(TimePoint now) {
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    const std::size_t lane = (turn_ + i) % lanes_.size();
    std::optional<DeliveryAction> action = lanes_[lane].next(time(now));
    if (!action) continue;
    action->lane = lane;
    turn_ = lane + 1;
    return action;
  }
  return std::nullopt;
}

std::optional<TimePoint> ShardDelivery::wake_at(TimePoint now) const {
  std::optional<TimePoint> earliest;
  for (const BatchLane& lane : lanes_) {
    const std::optional<TimePoint> at = lane.wake_at(time(now));
    if (at && (!earliest || *at < *earliest)) earliest = at;
  }
  return earliest;
}

void ShardDelivery::invoked(std::size_t lane, InvocationResult result, TimePoint now) {
  lanes_[lane].invoked(std::move(result), now);
}

void ShardDelivery::discarded(std::size_t lane) {
  lanes_[lane].discarded();
}

std::uint64_t ShardDelivery::done() const {
  std::uint64_t done = read_through_;
  for (const BatchLane& lane : lanes_) {
    const std::optional<std::uint64_t> pending = lane.first_pending();
    if (pending) done = std::min(done, *pending - 1);
  }
  return done;
}

DeliveryCheckpoint ShardDelivery::checkpoint() const {
  DeliveryCheckpoint checkpoint{.done = done(), .is_finished = is_finished()};
  checkpoint.window = lanes_.front().window().open();
  checkpoint.earliest_window = lanes_.front().window().earliest();
  return checkpoint;
}

bool ShardDelivery::is_finished() const {
  return is_last_ && std::all_of(lanes_.begin(), lanes_.end(),
                                 [](const BatchLane& lane) { return lane.is_idle(); });
}

}  // namespace stator
