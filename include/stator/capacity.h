// Whether requests are throttled as AWS throttles them.
#pragma once

#include <cstdint>

namespace stator {

enum class CapacityMode : std::uint8_t {
  enforce,  // as AWS
  observe,  // meter everything, throttle nothing, record what AWS would have throttled and why.
            // What it would have throttled is not charged to the buckets: on AWS it would not have
            // run
  off,      // nothing is metered
};

// What a new table or index has saved of its provisioned throughput.
enum class BurstAtStart : std::uint8_t {
  none,  // one second of it: there was no throughput that it could have left unused
  full,  // 300 seconds of it
};

}  // namespace stator
