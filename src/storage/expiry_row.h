// The rows that say when items expire, in the order in which they do.
//
//   row := keyspace:u32be microseconds:u64be rest -> nothing
//
// microseconds are those since 1970, rounded down; rest is the row key of the item without its
// keyspace.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/time_to_live.h"
#include "model/value.h"

namespace stator {

// When an item expires: its attribute is a number of seconds since 1970. Nothing: never, because it
// has no such attribute, one of another type, or a time before 1970 or after the year 9999.
std::optional<TimePoint> expiry_time(const TimeToLive& time_to_live, const MapView& item);

// Appends the key of the row of an item.
//   row_key  of the item
void append_expiry_key(std::uint32_t keyspace, TimePoint expires, std::string_view row_key,
                       std::string* out);

// The key before which all rows of earlier times stand.
std::string expiry_start(std::uint32_t keyspace, TimePoint expires);

struct ExpiryRowView {
  TimePoint expires;
  std::string_view rest;  // of the item's row key, behind its keyspace
};

// The inverse of append_expiry_key; nothing for a key of something else.
std::optional<ExpiryRowView> parse_expiry_key(std::string_view key);

// The row key of the item that a row is about.
std::string row_key_of(const ExpiryRowView& row, std::uint32_t table_keyspace);

}  // namespace stator
