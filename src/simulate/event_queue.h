// What clients do later, in the order of time.
#pragma once

#include <cstdint>
#include <queue>
#include <utility>
#include <vector>

#include "simulate/simulated_table.h"
#include "stator/clock.h"

namespace stator {

// A request that is sent again, or, where there were no attempts yet, a worker that has become free
// for a new one.
struct PendingRequest {
  std::size_t load = 0;
  std::uint32_t attempts = 0;
  TimePoint began{};
  SimulatedRequest request;
};

// Those of the same time come in the order in which they were added. A value. Never fails.
class EventQueue {
 public:
  void add(TimePoint at, PendingRequest pending) {
    events_.push({at, next_order_++, std::move(pending)});
  }
  bool empty() const { return events_.empty(); }
  TimePoint next_time() const { return events_.top().at; }

  PendingRequest take() {
    PendingRequest pending = events_.top().pending;
    events_.pop();
    return pending;
  }

 private:
  struct Event {
    TimePoint at;
    std::uint64_t order;
    PendingRequest pending;
  };
  struct IsLater {
    bool operator()(const Event& a, const Event& b) const {
      return a.at != b.at ? a.at > b.at : a.order > b.order;
    }
  };

  std::priority_queue<Event, std::vector<Event>, IsLater> events_;
  std::uint64_t next_order_ = 0;
};

}  // namespace stator
