#include "api/ops/table_settings.h"

#include <algorithm>
#include <set>

#include "api/ops/tag_text.h"
#include "base/limits.h"
#include "base/utf8.h"

namespace stator {
namespace {

constexpr std::string_view kStandard = "STANDARD";
constexpr std::string_view kInfrequentAccess = "STANDARD_INFREQUENT_ACCESS";

Error tag_error(std::string_view text, const std::optional<std::string_view>& value) {
  return validation_error(std::string(text) + std::string(value.value_or("null")));
}

bool fits_a_tag(std::string_view text, std::size_t length_max) {
  return utf16_units(text) <= length_max && is_tag_text(text);
}

Result<void> check_tag(const TextPair& tag) {
  if (!tag.name || tag.name->empty() || !fits_a_tag(*tag.name, kTagKeyLengthMax)) {
    return tag_error("The Tag Key provided is invalid, Key: ", tag.name);
  }
  if (!tag.value || !fits_a_tag(*tag.value, kTagValueLengthMax)) {
    return tag_error("The Tag Value provided is invalid, Value: ", tag.value);
  }
  if (tag.name->starts_with("aws:")) {
    return tag_error("Tag Key cannot be prefixed with aws:, Key: ", tag.name);
  }
  return {};
}

}  // namespace

Error invalid_parameter(std::string_view text) {
  return validation_error("One or more parameter values were invalid: " + std::string(text));
}

std::optional<BillingMode> requested_billing(const TableRequest& request) {
  if (!request.billing_mode) return std::nullopt;
  return *request.billing_mode == "PAY_PER_REQUEST" ? BillingMode::pay_per_request
                                                    : BillingMode::provisioned;
}

Result<void> check_table_class(const TableRequest& request) {
  if (!request.table_class || *request.table_class == kStandard ||
      *request.table_class == kInfrequentAccess) {
    return {};
  }
  return validation_error(
      "Invalid table-class parameter provided. Please try again with a valid table-class value: "
      "[STANDARD, STANDARD_INFREQUENT_ACCESS].");
}

std::optional<TableClass> requested_class(const TableRequest& request) {
  if (!request.table_class) return std::nullopt;
  return *request.table_class == kStandard ? TableClass::standard : TableClass::infrequent_access;
}

Result<std::vector<Tag>> plan_tags(const std::optional<std::vector<TextPair>>& requested) {
  std::vector<Tag> tags;
  if (!requested) return tags;
  std::set<std::string_view> keys;
  for (const TextPair& tag : *requested) {
    TRY(check_tag(tag));
    if (!keys.insert(*tag.name).second) {
      return tag_error("Duplicate Tag Keys provided as input: Duplicate Tag Key found ", tag.name);
    }
    tags.push_back({.key = std::string(*tag.name), .value = std::string(*tag.value)});
  }
  TRY(check_tag_count(tags));
  return tags;
}

Result<void> check_tag_count(const std::vector<Tag>& tags) {
  if (tags.size() <= kTagsMax) return {};
  return validation_error("Number of Tags exceed the current limit for the provided ResourceArn");
}

}  // namespace stator
