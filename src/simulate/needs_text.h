// What a load needs to run without a throttle, in sentences.
#pragma once

#include <string>
#include <string_view>

#include "capacity/throttle_reason.h"
#include "simulate/report_data.h"

namespace stator {

// "reads" or "writes".
constexpr std::string_view plural_of(Direction direction) {
  return direction == Direction::read ? "reads" : "writes";
}

// The verdict in two words, such as "shard the key".
std::string_view verdict_text(NeedsVerdict verdict);

// One to three sentences, printable; empty where nothing was asked for.
std::string needs_text(const NeedsReport& needs);

}  // namespace stator
