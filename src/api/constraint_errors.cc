#include "api/constraint_errors.h"

#include <algorithm>

namespace stator {
namespace {

void append_broken(const BrokenConstraint& broken, std::string* text) {
  *text += "Value ";
  if (!broken.value.empty()) *text += broken.value + " ";
  text->append("at '").append(broken.path).append("' failed to satisfy constraint: ");
  *text += broken.constraint;
}

}  // namespace

Error constraint_error(std::span<const BrokenConstraint> broken) {
  broken = broken.first(std::min(broken.size(), kBrokenConstraintsMax));
  std::string text = std::to_string(broken.size());
  text += broken.size() == 1 ? " validation error detected: " : " validation errors detected: ";
  for (std::size_t i = 0; i < broken.size(); ++i) {
    if (i > 0) text += "; ";
    append_broken(broken[i], &text);
  }
  return validation_error(std::move(text));
}

Error enveloped(Error error) {
  if (error.code() != ErrorCode::validation) return error;
  std::string text = "1 validation error detected: " + error.message();
  return std::move(error).with_message(std::move(text));
}

}  // namespace stator
