#include "simulate/wait_histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace stator {
namespace {

double milliseconds_of(double microseconds) {
  return microseconds / 1000;
}

}  // namespace

// Below kParts each microsecond has a place of its own.
std::size_t WaitHistogram::place_of(std::uint64_t microseconds) {
  if (microseconds < kParts) return static_cast<std::size_t>(microseconds);
  const auto power = static_cast<std::size_t>(std::bit_width(microseconds)) - 6;
  const auto part = static_cast<std::size_t>(microseconds >> power) - kParts;
  return std::min((power + 1) * kParts + part, kParts * kPowers - 1);
}

double WaitHistogram::least_of(std::size_t place) {
  if (place < kParts) return static_cast<double>(place);
  const std::size_t power = place / kParts - 1;
  return std::ldexp(static_cast<double>(kParts + place % kParts), static_cast<int>(power));
}

void WaitHistogram::add(std::chrono::microseconds wait) {
  ++counts_[place_of(static_cast<std::uint64_t>(wait.count()))];
  ++count_;
  sum_ += static_cast<double>(wait.count());
  max_ = std::max(max_, wait);
}

double WaitHistogram::percentile(double share) const {
  const double rank = share * static_cast<double>(count_);
  std::uint64_t seen = 0;
  for (std::size_t place = 0; place < counts_.size(); ++place) {
    seen += counts_[place];
    if (static_cast<double>(seen) >= rank) return least_of(place);
  }
  return static_cast<double>(max_.count());
}

WaitReport WaitHistogram::report() const {
  if (count_ == 0) return {};
  return {.mean_ms = milliseconds_of(sum_ / static_cast<double>(count_)),
          .p50_ms = milliseconds_of(percentile(0.5)),
          .p99_ms = milliseconds_of(percentile(0.99)),
          .max_ms = milliseconds_of(static_cast<double>(max_.count()))};
}

}  // namespace stator
