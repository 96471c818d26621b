// A value or an Error, and TRY, which passes an Error on to the caller.
#pragma once

#include <tl/expected.hpp>
#include <utility>

#include "base/error.h"

namespace stator {

template <typename T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;

  // Lets `return validation_error(...)` end a function that returns a Result.
  Result(Error error)  // NOLINT(google-explicit-constructor)
      : tl::expected<T, Error>(tl::unexpect, std::move(error)) {}
};

namespace internal {

template <typename T>
T unwrap(Result<T>&& result) {
  return *std::move(result);
}
inline void unwrap(Result<void>&&) {}

}  // namespace internal

}  // namespace stator

// The value of a Result, or a return of its Error: `auto key = TRY(encode(...));`, `TRY(check());`.
// Only as a whole initialiser or statement, never inside a larger expression.
#define TRY(...)                                                            \
  __extension__({                                                           \
    auto try_result_ = (__VA_ARGS__);                                       \
    if (!try_result_) return ::stator::Error(std::move(try_result_).error()); \
    ::stator::internal::unwrap(std::move(try_result_));                     \
  })
