#include "simulate/key_chooser.h"

#include <algorithm>
#include <cmath>

namespace stator {
namespace {

// (e^x - 1) / x and log(1 + x) / x, which are 1 at 0.
double expm1_ratio(double x) {
  return std::abs(x) < 1e-8 ? 1 + x / 2 : std::expm1(x) / x;
}
double log1p_ratio(double x) {
  return std::abs(x) < 1e-8 ? 1 - x / 2 : std::log1p(x) / x;
}

}  // namespace

double random_share(Random* random) {
  return static_cast<double>(random->next() >> 11) * 0x1p-53;
}

double random_exponential(Random* random) {
  return -std::log1p(-random_share(random));
}

double ZipfNumbers::integral(double x) const {
  const double log_x = std::log(x);
  return expm1_ratio((1 - exponent_) * log_x) * log_x;
}

double ZipfNumbers::integral_inverse(double y) const {
  const double t = std::max(-1.0, y * (1 - exponent_));
  return std::exp(log1p_ratio(t) * y);
}

ZipfNumbers::ZipfNumbers(std::uint32_t count, double exponent)
    : count_(count),
      exponent_(exponent),
      least_(integral(1.5) - 1),
      greatest_(integral(count_ + 0.5)),
      accepted_(2 - integral_inverse(integral(2.5) - std::pow(2, -exponent))) {}

std::uint32_t ZipfNumbers::next(Random* random) const {
  while (true) {
    const double y = greatest_ + random_share(random) * (least_ - greatest_);
    const double x = integral_inverse(y);
    const double rank = std::clamp(std::floor(x + 0.5), 1.0, count_);
    if (rank - x <= accepted_ || y >= integral(rank + 0.5) - std::pow(rank, -exponent_)) {
      return static_cast<std::uint32_t>(rank) - 1;
    }
  }
}

KeyChooser::KeyChooser(const KeyChoice& choice)
    : choice_(choice), zipf_(choice.keys, choice.exponent) {}

std::uint32_t KeyChooser::hot_number(Random* random) const {
  const std::uint32_t cold = choice_.keys - choice_.hot_keys;
  if (cold == 0 || random_share(random) < choice_.hot_share) {
    return static_cast<std::uint32_t>(random->below(choice_.hot_keys));
  }
  return choice_.hot_keys + static_cast<std::uint32_t>(random->below(cold));
}

std::uint32_t KeyChooser::number(std::uint64_t turn, Random* random) const {
  if (choice_.keys == 1) return 0;
  switch (choice_.distribution) {
    case KeyDistribution::zipf:
      return zipf_.next(random);
    case KeyDistribution::sequential:
      return static_cast<std::uint32_t>(turn % choice_.keys);
    case KeyDistribution::hot:
      return hot_number(random);
    case KeyDistribution::uniform:
      break;
  }
  return static_cast<std::uint32_t>(random->below(choice_.keys));
}

std::uint32_t KeyChooser::choose(std::uint64_t turn, Random* random) const {
  return choice_.first + number(turn, random);
}

}  // namespace stator
