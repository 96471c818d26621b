#include "simulate/arrival_times.h"

#include <algorithm>
#include <cmath>

#include "simulate/key_chooser.h"

namespace stator {

ArrivalTimes::ArrivalTimes(const Rate& rate, Arrivals arrivals, std::chrono::microseconds duration,
                           Random random)
    : from_(rate.from),
      slope_((rate.to - rate.from) / std::chrono::duration<double>(duration).count()),
      seconds_(std::chrono::duration<double>(duration).count()),
      total_((rate.from + rate.to) / 2 * seconds_),
      arrivals_(arrivals),
      random_(random) {}

// The root of from x t + slope x t^2 / 2 = requests, in a form that holds for a slope of 0.
double ArrivalTimes::seconds_of(double requests) const {
  const double under_root = std::max(0.0, from_ * from_ + 2 * slope_ * requests);
  return 2 * requests / (from_ + std::sqrt(under_root));
}

std::optional<std::chrono::microseconds> ArrivalTimes::next() {
  if (arrivals_ == Arrivals::poisson) {
    point_ += random_exponential(&random_);
  } else {
    point_ += begun_ ? 1 : 0.5;
  }
  begun_ = true;
  if (point_ >= total_) return std::nullopt;
  const double seconds = std::min(seconds_of(point_), seconds_);
  return std::chrono::microseconds(static_cast<std::int64_t>(seconds * 1e6));
}

}  // namespace stator
