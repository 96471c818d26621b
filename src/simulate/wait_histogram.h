// How long requests waited, in memory that does not depend on how many there were.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>

#include "simulate/report_data.h"

namespace stator {

// Counts by size: each power of two of microseconds is divided into 32. A value. Never fails.
class WaitHistogram {
 public:
  void add(std::chrono::microseconds wait);

  // All zero where nothing was added.
  WaitReport report() const;

 private:
  static constexpr std::size_t kParts = 32;
  static constexpr std::size_t kPowers = 40;

  static std::size_t place_of(std::uint64_t microseconds);
  static double least_of(std::size_t place);
  double percentile(double share) const;

  std::array<std::uint64_t, kParts * kPowers> counts_{};
  std::uint64_t count_ = 0;
  double sum_ = 0;  // microseconds
  std::chrono::microseconds max_{0};
};

}  // namespace stator
