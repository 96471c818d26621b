// The delivery of one shard to one mapping, with Lambda's rules and without threads, clock or I/O:
// it is told what was read and what became of invocations, and says what to do next.
//
//   ShardDelivery delivery(settings, checkpoint);
//   delivery.add(page, now);                       // the records behind read_after(), in order
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

  // What reading goes on behind: the least that a lane has come to that wants records.
  std::uint64_t read_after() const;

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
  // A lane, and the last record that add() has brought it or that was none of its. A lane that is
  // blocked falls behind the others, and what it did not take is read again.
  struct Place {
    BatchLane lane;
    std::uint64_t read_through = 0;
    bool is_last = false;  // the shard is closed, and it has come to its end
  };

  static LaneTime time(const Place& place, TimePoint now) {
    return {.now = now, .is_last = place.is_last};
  }
  Place& place_of(const DeliveryRecord& record) {
    return places_[record.key_hash % places_.size()];
  }
  bool is_full() const;
  bool takes_records(const Place& place) const;
  bool wants_records(const Place& place, bool full) const;

  const MappingSettings settings_;
  std::deque<Place> places_;
  std::size_t turn_ = 0;  // the lane that is asked first
};

}  // namespace stator
