// Records of a shard that wait for one another: batches are made of them in order, and one batch is
// at the handler at a time.
//
// A mapping with a ParallelizationFactor has as many lanes for each shard; all records of an item
// go to the same one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

#include "streams/delivery_action.h"
#include "streams/mapping_settings.h"
#include "streams/tumbling_window.h"

namespace stator {

// What the delivery of a shard tells its lanes about the time.
struct LaneTime {
  TimePoint now{};
  bool is_last = false;  // no more records will come
};

// A resource of one thread. Never fails.
class BatchLane {
 public:
  //   settings  outlive it
  BatchLane(const MappingSettings& settings, TumblingWindow window)
      : settings_(settings), window_(std::move(window)) {}

  void add(DeliveryRecord record, TimePoint now);

  // What to do now; nullopt: nothing, or nothing yet. The lane waits for the action's end.
  std::optional<DeliveryAction> next(const LaneTime& time);

  // When next() has something to do though nothing else happens; nullopt: never.
  std::optional<TimePoint> wake_at(const LaneTime& time) const;

  // The handler was invoked, or could not be.
  void invoked(InvocationResult result, TimePoint now);
  // What was to be discarded is at its destination, or there is none.
  void discarded();

  // The first record that is not done.
  std::optional<std::uint64_t> first_pending() const;
  // Whether nothing is left to do.
  bool is_idle() const { return records_.empty() && batches_.empty() && !window_.open(); }

  std::size_t records() const { return records_.size(); }
  std::size_t bytes() const { return bytes_; }
  const TumblingWindow& window() const { return window_; }

 private:
  struct Waiting {
    DeliveryRecord record;
    TimePoint received{};
  };
  // Records at the front of those that wait, behind those of the batches before it.
  struct Batch {
    std::size_t count = 0;
    bool is_final = false;  // no records: the end of the window
    int retries = 0;        // that count
    int failures = 0;       // of any kind, one after the other
    int invocations = 0;
    TimePoint not_before{};
    std::optional<DiscardCondition> discard{};
    std::optional<InvocationResult> last{};
  };

  bool has_window() const { return settings_.tumbling_window.count() > 0; }
  bool is_in_batch(const Waiting& waiting) const;
  std::size_t batch_count(bool* is_full) const;
  TimePoint batch_due(const LaneTime& time) const;
  bool window_is_over(const LaneTime& time) const;
  void form_batch(const LaneTime& time);
  TimePoint expiry(TimePoint created) const;
  void set_aside_expired(TimePoint now);
  DeliveryAction action() const;
  std::optional<WindowEvent> window_event(const Batch& batch) const;
  void fail(TimePoint now);
  void bisect(TimePoint now);
  std::chrono::milliseconds delay(int failures) const;
  void finish(std::size_t count);
  void finish_batch();

  const MappingSettings& settings_;
  TumblingWindow window_;
  std::deque<Waiting> records_;
  std::deque<Batch> batches_;
  std::size_t bytes_ = 0;   // of the events that wait
  bool in_flight_ = false;  // the first batch is at the handler or its destination
};

}  // namespace stator
