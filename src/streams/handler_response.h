// What a handler's answer says of the batch that it was given.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "streams/delivery_record.h"

namespace stator {

// What a mapping wants to read in an answer.
struct ResponseRules {
  bool reports_item_failures = false;  // "batchItemFailures" counts
  bool wants_state = false;            // "state" must be there: the batch is one of a window
};

// A value.
struct HandlerVerdict {
  std::size_t done = 0;              // records of the batch, from its front, that are done
  std::optional<std::string> state;  // JSON; nullopt: none was asked for, or the batch failed
};

// Pure.
//   answer   what the handler returned; may be anything, or nothing
//   records  the batch
//   returns  nullopt: it failed as a whole; else what of it is done
std::optional<HandlerVerdict> verdict_of(std::string_view answer,
                                         std::span<const DeliveryRecord* const> records,
                                         const ResponseRules& rules);

}  // namespace stator
