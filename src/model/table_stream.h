// What a table knows of its stream. The stream itself, with its shards and records, outlives the
// table and is kept apart (streams/stream.h).
#pragma once

#include <cstdint>
#include <optional>

#include "model/resource_policy.h"
#include "model/stream_view_type.h"
#include "stator/clock.h"

namespace stator {

// When a stream was disabled, and when that was over.
struct StreamEnd {
  TimePoint asked{};
  TimePoint done{};
  bool operator==(const StreamEnd&) const = default;
};

// The stream that a table has, or had last. A value.
struct TableStream {
  std::uint32_t keyspace = 0;  // of its records; never used twice
  TimePoint created{};         // whole milliseconds: also its label
  TimePoint enabled{};         // when ENABLING ends
  StreamViewType view = StreamViewType::keys_only;
  std::optional<StreamEnd> end = {};
  std::optional<ResourcePolicy> policy = {};

  bool operator==(const TableStream&) const = default;

  // Whether the table's changes are recorded in it.
  bool is_on() const { return !end.has_value(); }
};

}  // namespace stator
