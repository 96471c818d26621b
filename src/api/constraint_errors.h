// AWS's envelope of model constraints: "2 validation errors detected: Value .. at .. failed to ..".
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace stator {

// Collects what is wrong with a request's members, in the order of the calls, up to ten. A value.
// Paths are AWS's: lower camel case, list positions from 1 ("keySchema.1.member.keyType").
class ConstraintErrors {
 public:
  // `value` as AWS prints it: text, number, "[a, b]"; nullopt where it is absent.
  void add(std::optional<std::string_view> value, std::string_view path,
           std::string_view constraint);

  void require(bool present, std::string_view path);
  // `allowed` in AWS's own order, "[INDEXES, TOTAL, NONE]".
  void one_of(const std::optional<std::string_view>& value, std::string_view path,
              std::initializer_list<std::string_view> allowed);
  void at_least(const std::optional<std::int64_t>& value, std::string_view path,
                std::int64_t least);
  void at_most(const std::optional<std::int64_t>& value, std::string_view path, std::int64_t most);
  void length(const std::optional<std::string_view>& value, std::string_view path,
              std::size_t least, std::size_t most);
  // Of [a-zA-Z0-9_.-]+, the pattern of all names.
  void name_pattern(const std::optional<std::string_view>& value, std::string_view path);

  //   errors  validation: all that was collected
  Result<void> result() const;

 private:
  std::vector<std::string> texts_;
};

// Whether `name` is [a-zA-Z0-9_.-]+.
bool is_name(std::string_view name);

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
