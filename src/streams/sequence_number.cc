#include "streams/sequence_number.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

namespace stator {
namespace {

constexpr std::size_t kLowDigits = 20;
constexpr std::size_t kDigitsMin = 21;
constexpr std::size_t kDigitsMax = 40;

// The value of digits; UINT64_MAX where it would be greater.
std::uint64_t saturated(std::string_view digits) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc() ? value : UINT64_MAX;
}

}  // namespace

void append_sequence_number(std::uint64_t record, std::uint32_t shard, std::string* out) {
  fmt::format_to(std::back_inserter(*out), "{}{:020}", record, shard);
}

std::optional<SequenceNumber> SequenceNumber::parse(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() < kDigitsMin || text.size() > kDigitsMax) return std::nullopt;
  if (!std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  SequenceNumber number;
  number.high_ = saturated(text.substr(0, text.size() - kLowDigits));
  number.low_ = saturated(text.substr(text.size() - kLowDigits));
  return number;
}

}  // namespace stator
