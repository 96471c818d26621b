#include "functions/lambda_pages.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/url.h"
#include "functions/constraint_errors.h"

namespace stator {
namespace {

constexpr std::int64_t kMaxItemsMax = 10'000;

std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

Result<ListPage> parse_list_page(std::string_view query, std::size_t most) {
  ListPage page{.first = 0, .count = most};
  if (const auto text = query_parameter(query, "MaxItems")) {
    const std::optional<std::int64_t> items = parse_number(*text);
    if (!items) return Error(ErrorCode::serialization, "MaxItems is no number: " + *text);
    ConstraintErrors errors;
    errors.at_least(items, "maxItems", 1);
    errors.at_most(items, "maxItems", kMaxItemsMax);
    TRY(errors.result());
    page.count = std::min(most, static_cast<std::size_t>(*items));
  }
  if (const auto text = query_parameter(query, "Marker"); text && !text->empty()) {
    const std::optional<std::int64_t> first = parse_number(*text);
    if (!first || *first < 0) {
      return Error(ErrorCode::invalid_parameter_value, "Invalid Marker: " + *text);
    }
    page.first = static_cast<std::size_t>(*first);
  }
  return page;
}

}  // namespace stator
