// How far the delivery of one shard to one mapping has come: what is kept over a restart.
//
//   checkpoint := format:u8 (1) parts:u8 done:u64be earliest:time [start:time early:u8 state:text]
//   parts      := 1 the shard is finished | 2 a window is open
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "streams/tumbling_window.h"

namespace stator {

// A value.
struct DeliveryCheckpoint {
  std::uint64_t done = 0;  // every record up to this one is done: delivered, discarded or filtered
  bool is_finished = false;  // the shard is closed and all of it is done
  std::optional<OpenWindow> window = {};
  TimePoint earliest_window{};

  bool operator==(const DeliveryCheckpoint&) const = default;
};

void append_checkpoint(const DeliveryCheckpoint& checkpoint, std::string* out);

//   errors  internal: damaged, or of a newer format
Result<DeliveryCheckpoint> decode_checkpoint(std::string_view bytes);

}  // namespace stator
