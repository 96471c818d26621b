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
// A whole initialiser, statement or argument; never a part of a larger expression.
#define TRY(...) STATOR_TRY(STATOR_JOIN(try_result_, __COUNTER__), __VA_ARGS__)

#define STATOR_TRY(name, ...)                                   \
  __extension__({                                               \
    auto name = (__VA_ARGS__);                                  \
    if (!name) return ::stator::Error(std::move(name).error()); \
    ::stator::internal::unwrap(std::move(name));                \
  })
#define STATOR_JOIN(a, b) STATOR_JOIN_EXPANDED(a, b)
#define STATOR_JOIN_EXPANDED(a, b) a##b
