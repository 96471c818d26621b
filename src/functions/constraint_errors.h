// What a request of Lambda's API breaks of its service model.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/constraint_errors.h"
#include "api/request/request_rules.h"
#include "base/result.h"

namespace stator {

// Collects what is wrong with a request's members, in the order of the calls. A value.
class ConstraintErrors {
 public:
  void add(std::string_view value, std::string_view path, std::string constraint);

  // Whether a text is as a pattern of the model wants it is for the caller to say.
  void pattern(const std::optional<std::string_view>& value, std::string_view path,
               bool (*matches)(std::string_view), std::string_view pattern);

  void require(bool present, std::string_view path);
  // `allowed` in AWS's own order.
  void one_of(const std::optional<std::string_view>& value, std::string_view path,
              std::span<const std::string_view> allowed);
  void one_of(const std::optional<std::string_view>& value, std::string_view path,
              std::initializer_list<std::string_view> allowed);
  void at_least(const std::optional<std::int64_t>& value, std::string_view path,
                std::int64_t least);
  void at_most(const std::optional<std::int64_t>& value, std::string_view path, std::int64_t most);
  void length(const std::optional<std::string_view>& value, std::string_view path,
              std::int64_t least, std::int64_t most);

  // NamespacedFunctionName: the name of a function that is called.
  void function_name(const std::optional<std::string_view>& value);

  // Of a list; its elements have checks of their own.
  void count_at_most(const std::optional<std::vector<std::string>>& list, std::string_view path,
                     std::size_t most);

  //   errors  validation: all that was collected
  Result<void> result() const;

 private:
  void check(const std::optional<std::string_view>& value, std::string_view path,
             const ValueRule& rule);
  void check(const std::optional<std::int64_t>& value, std::string_view path,
             const ValueRule& rule);

  std::vector<BrokenConstraint> broken_;
};

}  // namespace stator
