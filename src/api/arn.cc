#include "api/arn.h"

#include "api/request/text_patterns.h"

namespace stator {
namespace {

// Takes the text before the next `separator` off the front, and the separator; all where there is
// none.
std::string_view take_until(char separator, std::string_view* text) {
  const std::size_t end = text->find(separator);
  const std::string_view field = text->substr(0, end);
  text->remove_prefix(end == std::string_view::npos ? text->size() : end + 1);
  return field;
}

}  // namespace

std::optional<std::string_view> ArnView::part_of_table(std::string_view kind) const {
  std::string_view rest = resource;
  if (take_until('/', &rest) != "table") return std::nullopt;
  if (!is_name(take_until('/', &rest)) || take_until('/', &rest) != kind) return std::nullopt;
  if (rest.empty()) return std::nullopt;
  return rest;
}

std::optional<ArnView> parse_arn(std::string_view text) {
  if (take_until(':', &text) != "arn") return std::nullopt;
  ArnView arn;
  for (std::string_view* const field : {&arn.partition, &arn.service, &arn.region, &arn.account}) {
    *field = take_until(':', &text);
  }
  arn.resource = text;
  if (arn.resource.empty()) return std::nullopt;
  return arn;
}

}  // namespace stator
