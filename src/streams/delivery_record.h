// One record on its way to a handler, and a page of them as they are read from a shard.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "stator/clock.h"

namespace stator {

// A value.
struct DeliveryRecord {
  std::uint64_t number = 0;     // in its shard
  std::string sequence_number;  // what clients call it
  std::uint64_t key_hash = 0;   // records of one item have the same
  TimePoint created{};
  std::string event;  // its JSON, an element of "Records"
};

// What was read of a shard, in order. Records that the filters of the mapping do not let pass are
// not in it, but read_through counts them.
struct DeliveryPage {
  std::vector<DeliveryRecord> records;
  std::uint64_t after = 0;         // what reading began behind
  std::uint64_t read_through = 0;  // the last record that was looked at
  bool is_last = false;            // the shard is closed, and this is all of it
};

}  // namespace stator
