// Draws the numbers of keys.
#pragma once

#include <cstdint>

#include "base/random.h"
#include "simulate/workload.h"

namespace stator {

// Uniform in [0, 1).
double random_share(Random* random);

// From the exponential distribution with a mean of 1.
double random_exponential(Random* random);

// Numbers from 0 to n - 1, where n has a share of 1 / (n + 1) ^ exponent: rejection-inversion
// (Hoermann, Derflinger 1996), whose cost does not depend on n. A value. Never fails.
class ZipfNumbers {
 public:
  //   count     at least 1
  //   exponent  above 0
  ZipfNumbers(std::uint32_t count, double exponent);
  std::uint32_t next(Random* random) const;

 private:
  double integral(double x) const;  // of x ^ -exponent
  double integral_inverse(double y) const;

  double count_;
  double exponent_;
  double least_;     // what is drawn, as a value of the integral: from here
  double greatest_;  // to here
  double accepted_;  // numbers this close to their rank need no second look
};

// Draws as a KeyChoice says. A value; not synchronised. Never fails.
class KeyChooser {
 public:
  explicit KeyChooser(const KeyChoice& choice);

  //   turn  of a sequential choice: which key comes
  std::uint32_t choose(std::uint64_t turn, Random* random) const;

  bool is_sequential() const { return choice_.distribution == KeyDistribution::sequential; }
  const KeyChoice& choice() const { return choice_; }

 private:
  std::uint32_t number(std::uint64_t turn, Random* random) const;
  std::uint32_t hot_number(Random* random) const;

  KeyChoice choice_;
  ZipfNumbers zipf_;
};

}  // namespace stator
