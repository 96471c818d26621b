// Randomness as a parameter: a small seeded generator, and what is drawn from it.
#pragma once

#include <bit>
#include <cstdint>
#include <string>

namespace stator {

// xoshiro256**: fast and well distributed, not for secrets. A value; not synchronised: each owner
// has its own. The same seed gives the same sequence on every machine. Never fails.
class Random {
 public:
  explicit Random(std::uint64_t seed);

  std::uint64_t next() {
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }

  // Uniform in [0, bound); `bound` is not 0.
  std::uint64_t below(std::uint64_t bound);

 private:
  std::uint64_t state_[4];
};

// A seed from the machine's entropy; never 0.
std::uint64_t entropy_seed();

// Appends a random UUID (RFC 4122, version 4): 36 characters in lower case.
void append_uuid_v4(Random* random, std::string* out);

}  // namespace stator
