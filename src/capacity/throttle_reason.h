// Why a request is throttled: AWS's sixteen reasons.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace stator {

// What an operation uses: a partition serves both at once, each with units of its own.
enum class Direction : std::uint8_t { read = 0, write = 1 };
inline constexpr std::size_t kDirections = 2;

enum class ResourceKind : std::uint8_t { table = 0, index = 1 };

enum class ThrottleLimit : std::uint8_t {
  key_range = 0,      // of a partition; or an on-demand resource that has not scaled yet
  provisioned = 1,    // of a table or index in provisioned mode
  max_on_demand = 2,  // OnDemandThroughput
  account = 3,        // the account's quota of one table or index
};
inline constexpr std::size_t kThrottleLimits = 4;

// Whether a refused arm is an event of its resource: a write that moves an entry of an index has
// two arms there, and is refused once when neither passes.
enum class RefusedArm : std::uint8_t { event, of_same_event };

// A value; the number of a reason is its place in kThrottleReasonNames.
struct ThrottleReason {
  ResourceKind resource = ResourceKind::table;
  Direction direction = Direction::read;
  ThrottleLimit limit = ThrottleLimit::key_range;
  bool operator==(const ThrottleReason&) const = default;

  constexpr std::size_t number() const {
    return static_cast<std::size_t>(resource) * 8 + static_cast<std::size_t>(direction) * 4 +
           static_cast<std::size_t>(limit);
  }
  constexpr std::string_view name() const;
};

// As ThrottlingReasons has them. Source: AWS developer guide, "Diagnosing throttling".
inline constexpr std::array<std::string_view, 16> kThrottleReasonNames = {
    "TableReadKeyRangeThroughputExceeded",     "TableReadProvisionedThroughputExceeded",
    "TableReadMaxOnDemandThroughputExceeded",  "TableReadAccountLimitExceeded",
    "TableWriteKeyRangeThroughputExceeded",    "TableWriteProvisionedThroughputExceeded",
    "TableWriteMaxOnDemandThroughputExceeded", "TableWriteAccountLimitExceeded",
    "IndexReadKeyRangeThroughputExceeded",     "IndexReadProvisionedThroughputExceeded",
    "IndexReadMaxOnDemandThroughputExceeded",  "IndexReadAccountLimitExceeded",
    "IndexWriteKeyRangeThroughputExceeded",    "IndexWriteProvisionedThroughputExceeded",
    "IndexWriteMaxOnDemandThroughputExceeded", "IndexWriteAccountLimitExceeded",
};

constexpr std::string_view ThrottleReason::name() const {
  return kThrottleReasonNames[number()];
}

// Nothing where no reason has that name.
constexpr std::optional<ThrottleReason> find_throttle_reason(std::string_view name) {
  for (std::size_t i = 0; i < kThrottleReasonNames.size(); ++i) {
    if (kThrottleReasonNames[i] != name) continue;
    return ThrottleReason{.resource = static_cast<ResourceKind>(i / 8),
                          .direction = static_cast<Direction>(i / 4 % 2),
                          .limit = static_cast<ThrottleLimit>(i % 4)};
  }
  return std::nullopt;
}

}  // namespace stator
