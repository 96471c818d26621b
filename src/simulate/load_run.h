// A load under way: draws its requests, and does what its client does with their answers.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>

#include "base/random.h"
#include "simulate/arrival_times.h"
#include "simulate/key_chooser.h"
#include "simulate/report_data.h"
#include "simulate/retry_client.h"
#include "simulate/simulated_table.h"
#include "simulate/wait_histogram.h"
#include "simulate/workload.h"

namespace stator {

// A value; refers to its load. Never fails.
class LoadRun {
 public:
  // The time in which a load runs.
  struct Span {
    TimePoint start;
    std::chrono::microseconds duration{0};
  };

  LoadRun(const Load& load, const SimulatedTable& table, const Span& span, std::uint64_t seed);

  const Load& load() const { return *load_; }
  bool is_over(TimePoint now) const { return now >= end_; }

  // When its next request begins; nothing: never. Of a load with a rate.
  std::optional<TimePoint> next_arrival() const { return next_arrival_; }
  void advance_arrival();

  SimulatedRequest next_request();
  // A request is sent again.
  void retried() { ++counts_.retries; }

  // A request has been answered. Nothing: the client is done with it.
  struct Answer {
    bool throttled = false;
    std::uint32_t attempts = 1;           // so far
    std::chrono::microseconds waited{0};  // since the first
  };
  std::optional<std::chrono::microseconds> answered(const Answer& answer);

  LoadReport report() const;

 private:
  LoadOperation next_operation();

  const Load* load_;
  TimePoint start_;
  TimePoint end_;
  std::array<std::uint32_t, kLoadOperations> drawn_{};
  double weight_ = 0;  // of all operations
  KeyChooser partition_key_;
  KeyChooser sort_key_;
  ArrivalTimes arrivals_;
  std::optional<TimePoint> next_arrival_;
  RetryClient client_;
  Random random_;
  std::uint64_t turn_ = 0;
  RequestCounts counts_;
  WaitHistogram waits_;
};

}  // namespace stator
