// The delivery of one shard to one mapping, with Lambda's rules and without threads, clock or I/O:
// it is told what was read and what became of invocations, and says what to do next.
//
//   ShardDelivery delivery(settings, checkpoint);
//   delivery.add(page, now);                       // the records behind read_through(), in order
//   while (auto action = delivery.next(now)) ..    // start it; tell invoked() or discarded() its
//   end keep(delivery.checkpoint());                   // after each end
//
// Every record is in an action at least once, none is left out, and an item's records come in
// order; one that was not done at the checkpoint comes again after a restart. Source:
// semantics.md 6.3-6.6.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

#include "streams/batch_lane.h"
#include "streams/delivery_checkpoint.h"

namespace stator {

// A resource of one thread. Never fails.
class ShardDelivery {
 public:
  ShardDelivery(const MappingSettings& settings, const DeliveryCheckpoint& checkpoint);
  ShardDelivery(const ShardDelivery&) = delete;
  ShardDelivery& operator=(const ShardDelivery&) = delete;

  // The last record that add() has brought or passed; reading goes on behind it.
  std::uint64_t read_through() const { return read_through_; }

  // Whether it is worth while to read more now.
  bool wants_records() const;

  // Takes what was read next. What the shard holds should be added before next() is asked: a window
  // is over when its time is and no record of it waits.
  void add(DeliveryPage page, TimePoint now);

  // The next thing to do; nullopt: nothing now.
  std::optional<DeliveryAction> next(TimePoint now);

  // When next() has something to do though nothing is added and nothing ends; nullopt: never.
  std::optional<TimePoint> wake_at(TimePoint now) const;

  // The end of an action: the handler was invoked, or could not be; the batch is at the destination
  // of failures, or there is none.
  void invoked(std::size_t lane, InvocationResult result, TimePoint now);
  void discarded(std::size_t lane);

  // The last record up to which every one is done: what a checkpoint says of it.
  std::uint64_t done() const;
  DeliveryCheckpoint checkpoint() const;
  // Whether the shard is closed and all of it is done: its children may be delivered.
  bool is_finished() const;

 private:
  LaneTime time(TimePoint now) const { return {.now = now, .is_last = is_last_}; }

  const MappingSettings settings_;
  std::deque<BatchLane> lanes_;
  std::size_t turn_ = 0;  // the lane that is asked first
  std::uint64_t read_through_;
  bool is_last_;
};

}  // namespace stator
