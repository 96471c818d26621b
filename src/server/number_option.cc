#include "server/number_option.h"

#include <fmt/format.h>

#include <charconv>
#include <limits>
#include <optional>

namespace stator {
namespace {

std::optional<std::int64_t> number_in(std::string_view text, WholeNumberRange range) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  if (number < range.least || number > range.most) return std::nullopt;
  return number;
}

}  // namespace

Result<std::int64_t> parse_number(std::string_view text, WholeNumberRange range) {
  if (const std::optional<std::int64_t> number = number_in(text, range)) return *number;
  return validation_error(
      fmt::format("{} is no whole number from {} to {}", text, range.least, range.most));
}

Result<std::uint16_t> parse_port(std::string_view text) {
  constexpr WholeNumberRange kPorts{0, std::numeric_limits<std::uint16_t>::max()};
  const std::optional<std::int64_t> port = number_in(text, kPorts);
  if (port) return static_cast<std::uint16_t>(*port);
  return validation_error(fmt::format("{} is not a port", text));
}

}  // namespace stator
