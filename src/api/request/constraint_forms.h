// How AWS words a broken constraint. It moves its operations to a newer layer one by one and region
// by region; the table below is what has moved, and the one place to change when more does.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace stator {

enum class ConstraintForm : std::uint8_t {
  classic,  // "Value '0' at 'limit' failed ..", told with all others
  newer,    // "Value at 'Limit' failed ..", told alone, after the classic ones
};

// A member of a request that has moved with all that is in it.
struct MovedMember {
  std::string_view operation;
  std::string_view member;
};

inline constexpr MovedMember kMovedMembers[] = {
    {"BatchGetItem", "RequestItems"},
    {"Query", "Limit"},
};

constexpr ConstraintForm form_of(std::string_view operation, std::string_view member) {
  const bool has_moved = std::any_of(
      std::begin(kMovedMembers), std::end(kMovedMembers), [&](const MovedMember& moved) {
        return moved.operation == operation && moved.member == member;
      });
  return has_moved ? ConstraintForm::newer : ConstraintForm::classic;
}

}  // namespace stator
