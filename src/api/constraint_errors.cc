#include "api/constraint_errors.h"

#include <algorithm>

namespace stator {
namespace {

constexpr std::size_t kErrorsMax = 10;  // AWS stops there

}  // namespace

bool is_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '-';
  });
}

void ConstraintErrors::add(std::optional<std::string_view> value, std::string_view path,
                           std::string_view constraint) {
  if (texts_.size() == kErrorsMax) return;
  std::string text = "Value ";
  if (value) {
    text.append("'").append(*value).append("'");
  } else {
    text += "null";
  }
  text.append(" at '").append(path).append("' failed to satisfy constraint: ").append(constraint);
  texts_.push_back(std::move(text));
}

void ConstraintErrors::require(bool present, std::string_view path) {
  if (!present) add(std::nullopt, path, "Member must not be null");
}

void ConstraintErrors::one_of(const std::optional<std::string_view>& value, std::string_view path,
                              std::initializer_list<std::string_view> allowed) {
  if (!value || std::find(allowed.begin(), allowed.end(), *value) != allowed.end()) return;
  std::string constraint = "Member must satisfy enum value set: [";
  for (const std::string_view word : allowed) {
    if (constraint.back() != '[') constraint += ", ";
    constraint += word;
  }
  add(value, path, constraint + "]");
}

void ConstraintErrors::at_least(const std::optional<std::int64_t>& value, std::string_view path,
                                std::int64_t least) {
  if (!value || *value >= least) return;
  add(std::to_string(*value), path,
      "Member must have value greater than or equal to " + std::to_string(least));
}

void ConstraintErrors::at_most(const std::optional<std::int64_t>& value, std::string_view path,
                               std::int64_t most) {
  if (!value || *value <= most) return;
  add(std::to_string(*value), path,
      "Member must have value less than or equal to " + std::to_string(most));
}

void ConstraintErrors::length(const std::optional<std::string_view>& value, std::string_view path,
                              std::size_t least, std::size_t most) {
  if (!value) return;
  if (value->size() < least) {
    add(value, path, "Member must have length greater than or equal to " + std::to_string(least));
  } else if (value->size() > most) {
    add(value, path, "Member must have length less than or equal to " + std::to_string(most));
  }
}

void ConstraintErrors::name_pattern(const std::optional<std::string_view>& value,
                                    std::string_view path) {
  if (!value || is_name(*value)) return;
  add(value, path, "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
}

Result<void> ConstraintErrors::result() const {
  if (texts_.empty()) return {};
  std::string text = std::to_string(texts_.size());
  text += texts_.size() == 1 ? " validation error detected: " : " validation errors detected: ";
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    if (i > 0) text += "; ";
    text += texts_[i];
  }
  return validation_error(std::move(text));
}

Error enveloped(Error error) {
  if (error.code() != ErrorCode::validation) return error;
  std::string text = "1 validation error detected: " + error.message();
  return std::move(error).with_message(std::move(text));
}

}  // namespace stator
