// The randomness of a run: everything that is drawn follows from the seed, on any machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "value.h"

namespace stator::plain {

// A value; not synchronised.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  // Uniform in [0, bound), or close to it; `bound` is not 0.
  std::size_t below(std::size_t bound) { return engine_() % bound; }
  bool chance(unsigned percent) { return below(100) < percent; }

  template <typename T>
  const T& one_of(const std::vector<T>& choices) {
    return choices[below(choices.size())];
  }

 private:
  std::mt19937_64 engine_;  // the standard fixes its sequence
};

// The same value in other words: numbers spelt in other ways, sets in another order.
Json spelt(Json value, Random* random);
Json spelt_item(const Item& item, Random* random);

// The text of a request, the members of each object in any order.
std::string shuffled_text(const Json& json, Random* random);

}  // namespace stator::plain
