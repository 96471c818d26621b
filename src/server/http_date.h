// The Date header: the text of a second, made once in that second.
#pragma once

#include <cstdint>
#include <string_view>

#include "stator/clock.h"

namespace stator {

// A value; not synchronised: each I/O thread has its own.
class HttpDate {
 public:
  // "Fri, 02 Jan 2026 03:04:05 GMT"; valid until the next call.
  std::string_view at(TimePoint now);

 private:
  std::int64_t second_ = -1;
  char text_[30] = {};
};

}  // namespace stator
