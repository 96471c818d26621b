// Drives the deliveries of all mappings of a registry, and takes mappings through their states.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/thread_annotations.h"
#include "functions/mapping_delivery.h"

namespace stator {

// A mapping and what it has done. A value.
struct MappingMetrics {
  EventSourceMapping mapping;
  DeliveryMetrics metrics;
};

// A resource. step(), wake_at() and stop() are for one thread, metrics() for any.
class DeliveryEngine {
 public:
  //   parts  what they refer to outlives it
  //   seed   of the ids of requests
  DeliveryEngine(DeliveryParts parts, std::uint64_t seed)
      : parts_(std::move(parts)), random_(seed) {}
  DeliveryEngine(const DeliveryEngine&) = delete;
  DeliveryEngine& operator=(const DeliveryEngine&) = delete;

  // Does all that is due: takes in what ended, keeps checkpoints, moves mappings on, reads, starts
  // invocations.
  void step(TimePoint now);

  // When step() has something to do though nothing is written, ends or changes; nullopt: never.
  std::optional<TimePoint> wake_at(TimePoint now) const;

  // Writes down what has ended; the rest is delivered again after a restart. Called last.
  void stop(TimePoint now);

  std::vector<MappingMetrics> metrics() const;

 private:
  void take_completions(TimePoint now);
  std::size_t drained_deliveries() const;
  void settle_all(std::uint64_t version, TimePoint now);
  void settle(const EventSourceMapping& mapping, TimePoint now);
  void settle_stopped(const EventSourceMapping& mapping, TimePoint now);
  void settle_running(const EventSourceMapping& mapping, TimePoint now);
  bool leaves_other_stream(const EventSourceMapping& mapping);
  bool follow_table(const EventSourceMapping& mapping);
  void open(const EventSourceMapping& mapping);
  void wait_for_function(const EventSourceMapping& mapping);
  void cannot_open(const EventSourceMapping& mapping, std::string_view reason);
  // Whether the delivery of a mapping has ended; begins that where it has not.
  bool ends(const EventSourceMapping& mapping, TimePoint now);
  void move_to(const EventSourceMapping& mapping, MappingState state);
  void change_if_unasked(const EventSourceMapping& mapping,
                         const std::function<void(EventSourceMapping*)>& change);
  void say_failed(const EventSourceMapping& mapping, const Error& error) const;
  void publish_metrics();

  const DeliveryParts parts_;
  Random random_;
  std::map<std::string, std::unique_ptr<MappingDelivery>> deliveries_;
  std::set<std::string> without_function_;  // mappings that wait, and the log says so
  std::uint64_t settled_version_ = 0;       // of the registry, when nothing was left to settle
  mutable Mutex mu_;
  std::vector<MappingMetrics> metrics_ GUARDED_BY(mu_);
};

}  // namespace stator
