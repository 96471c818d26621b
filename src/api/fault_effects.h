// What rules of faults make of one request.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "api/hold.h"
#include "api/request/fault_targets.h"
#include "base/error.h"
#include "stator/faults.h"

namespace stator {

// How long a rule makes a request wait.
struct FaultWait {
  std::uint64_t id = 0;  // of the rule
  std::chrono::milliseconds time{0};
};

// A value. Items are those that the request names, in its order.
struct FaultEffects {
  std::optional<Error> error;               // of the whole request
  std::vector<std::optional<Error>> items;  // of each item, or none
  std::vector<bool> left_out;               // elements of a batch; as many, or none
  std::vector<FaultWait> delays;
  std::unique_ptr<Hold> hold;  // null: none
  std::vector<bool> held;      // the items that it is about; as many, or none
  FaultClose close = FaultClose::never;

  // Whether an element of a batch stays unprocessed.
  bool leaves_out(std::size_t item) const {
    return has_error(item) || (item < left_out.size() && left_out[item]);
  }
  bool has_conflict(std::size_t item) const {
    return has_error(item) && items[item]->code() == ErrorCode::transaction_conflict;
  }
  bool is_held(std::size_t item) const { return item < held.size() && held[item]; }
  bool has_error(std::size_t item) const { return item < items.size() && items[item]; }
};

// The hold among the effects; both may be null.
inline const Hold* hold_of(const FaultEffects* effects) {
  return effects == nullptr ? nullptr : effects->hold.get();
}

// The items of a request, side by side with whether a rule is about them.
struct FaultedItems {
  std::span<const FaultTarget> targets;
  std::vector<bool> is_about;
};

// Leaves out so many elements that the rule is about and that are not left out yet.
void leave_out(std::size_t count, const FaultedItems& items, FaultEffects* effects);

// Makes the request or its items fail as the rule wants, whose error has this code.
void add_error(const FaultRule& rule, ErrorCode code, std::string_view operation,
               const FaultedItems& items, FaultEffects* effects);

}  // namespace stator
