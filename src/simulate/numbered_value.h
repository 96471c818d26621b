// The values that the keys of a simulation's items have: each stands for a number.
//
//   S  ten digits, so that their order is that of the numbers
//   N  the number
//   B  eight bytes, big-endian
#pragma once

#include <cstdint>
#include <string>

#include "model/value.h"

namespace stator {

// A value of type S, N or B and its bytes. Its view is good as long as it stays where it is.
class NumberedValue {
 public:
  NumberedValue(AttributeType type, std::uint32_t number);

  ValueView view() const { return ValueView(bytes_); }

 private:
  std::string bytes_;  // short enough to need no memory of its own
};

}  // namespace stator
