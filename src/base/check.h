// CHECK ends the process when stator itself is wrong. Input and disk bytes never reach one.
#pragma once

namespace stator::internal {

[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace stator::internal

#define CHECK(condition)                                                \
  do {                                                                  \
    if (!(condition)) [[unlikely]]                                      \
      ::stator::internal::check_failed(#condition, __FILE__, __LINE__); \
  } while (false)
