// AWS's envelope of model constraints: "2 validation errors detected: Value .. at .. failed to ..".
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace stator {

// A constraint of the service model that a value breaks.
struct BrokenConstraint {
  std::string value;       // as AWS tells it: "null", "'[a, b]'"; empty where it does not
  std::string path;        // "keySchema.1.member.keyType"
  std::string constraint;  // "Member must not be null"
};

// AWS tells no more than this, and counts no more.
inline constexpr std::size_t kBrokenConstraintsMax = 10;

// All of them, up to where AWS stops; there is at least one.
Error constraint_error(std::span<const BrokenConstraint> broken);

// "1 validation error detected: " and the text: how AWS's newer layer words single errors.
Error enveloped(Error error);

}  // namespace stator

// TRY with AWS's envelope around a failure.
#define TRY_ENVELOPED(...) STATOR_TRY_ENVELOPED(STATOR_JOIN(try_result_, __COUNTER__), __VA_ARGS__)

#define STATOR_TRY_ENVELOPED(name, ...)                             \
  __extension__({                                                   \
    auto name = (__VA_ARGS__);                                      \
    if (!name) return ::stator::enveloped(std::move(name).error()); \
    ::stator::internal::unwrap(std::move(name));                    \
  })
