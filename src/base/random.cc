#include "base/random.h"

#include <random>

namespace stator {

namespace {

// SplitMix64, which its authors recommend to fill the state of xoshiro from one word.
std::uint64_t split_mix(std::uint64_t* state) {
  *state += 0x9E3779B97F4A7C15U;
  std::uint64_t mixed = *state;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9U;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBU;
  return mixed ^ (mixed >> 31);
}

void append_hex(std::uint64_t value, int digits, std::string* out) {
  static constexpr char kDigits[] = "0123456789abcdef";
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
    out->push_back(kDigits[(value >> shift) & 0xF]);
  }
}

}  // namespace

Random::Random(std::uint64_t seed) {
  for (std::uint64_t& word : state_) word = split_mix(&seed);
}

std::uint64_t Random::below(std::uint64_t bound) {
  // Values under `rejected` would make the low remainders likelier than the others.
  const std::uint64_t rejected = (0 - bound) % bound;
  std::uint64_t drawn = next();
  while (drawn < rejected) drawn = next();
  return drawn % bound;
}

std::uint64_t entropy_seed() {
  std::random_device device;
  const std::uint64_t seed = (std::uint64_t{device()} << 32) | device();
  return seed == 0 ? 1 : seed;
}

void append_uuid_v4(Random* random, std::string* out) {
  const std::uint64_t version = (random->next() & 0xFFFFFFFFFFFF0FFFU) | 0x4000U;
  const std::uint64_t variant = (random->next() >> 2) | 0x8000000000000000U;
  append_hex(version >> 32, 8, out);
  out->push_back('-');
  append_hex((version >> 16) & 0xFFFF, 4, out);
  out->push_back('-');
  append_hex(version & 0xFFFF, 4, out);
  out->push_back('-');
  append_hex(variant >> 48, 4, out);
  out->push_back('-');
  append_hex(variant & 0xFFFFFFFFFFFFU, 12, out);
}

}  // namespace stator
