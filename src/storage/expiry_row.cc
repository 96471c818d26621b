#include "storage/expiry_row.h"

#include <charconv>
#include <chrono>

#include "base/bytes.h"
#include "base/time_text.h"
#include "model/number.h"
#include "storage/row_key.h"

namespace stator {
namespace {

constexpr std::size_t kTimeBytes = 8;
constexpr std::size_t kFractionDigits = 6;  // of microseconds in a second

// The first digits behind the point as microseconds.
std::int64_t microseconds_of(std::string_view fraction) {
  std::int64_t microseconds = 0;
  for (std::size_t i = 0; i < kFractionDigits; ++i) {
    microseconds = microseconds * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
  }
  return microseconds;
}

}  // namespace

std::optional<TimePoint> expiry_time(const TimeToLive& time_to_live, const MapView& item) {
  const auto value = item.find(time_to_live.attribute);
  if (!value || value->type() != AttributeType::N) return std::nullopt;
  char text[kNumberTextBytesMax];
  const char* const end = write_number_text(value->number(), text);
  if (text[0] == '-') return std::nullopt;
  std::int64_t seconds = 0;
  const auto read = std::from_chars(text, end, seconds);
  constexpr std::int64_t kSecondsMax =
      std::chrono::floor<std::chrono::seconds>(kTimeMax.time_since_epoch()).count();
  if (read.ec != std::errc() || seconds >= kSecondsMax) return std::nullopt;
  const char* const fraction = read.ptr == end ? end : read.ptr + 1;
  return TimePoint(std::chrono::seconds(seconds)) +
         std::chrono::microseconds(
             microseconds_of({fraction, static_cast<std::size_t>(end - fraction)}));
}

void append_expiry_key(std::uint32_t keyspace, TimePoint expires, std::string_view row_key,
                       std::string* out) {
  append_u32_be(keyspace, out);
  append_u64_be(static_cast<std::uint64_t>(expires.time_since_epoch().count()), out);
  out->append(row_key.substr(kKeyspaceBytes));
}

std::string expiry_start(std::uint32_t keyspace, TimePoint expires) {
  std::string key;
  append_u32_be(keyspace, &key);
  const std::int64_t microseconds = expires.time_since_epoch().count();
  append_u64_be(microseconds < 0 ? 0 : static_cast<std::uint64_t>(microseconds), &key);
  return key;
}

std::optional<ExpiryRowView> parse_expiry_key(std::string_view key) {
  if (key.size() <= kKeyspaceBytes + kTimeBytes) return std::nullopt;
  const std::uint64_t microseconds = load_u64_be(key.data() + kKeyspaceBytes);
  if (microseconds > static_cast<std::uint64_t>(kTimeMax.time_since_epoch().count())) {
    return std::nullopt;
  }
  return ExpiryRowView{
      .expires = TimePoint(std::chrono::microseconds(static_cast<std::int64_t>(microseconds))),
      .rest = key.substr(kKeyspaceBytes + kTimeBytes)};
}

std::string row_key_of(const ExpiryRowView& row, std::uint32_t table_keyspace) {
  std::string key = keyspace_start(table_keyspace);
  key.append(row.rest);
  return key;
}

}  // namespace stator
