// A record with everything that is shown of it: what GetRecords returns, handlers get and filters
// look at.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "streams/stream_record.h"

namespace stator {

inline constexpr std::string_view kEventVersion = "1.1";
inline constexpr std::string_view kEventSource = "aws:dynamodb";

// Who removes what has expired.
inline constexpr std::string_view kServicePrincipal = "dynamodb.amazonaws.com";
inline constexpr std::string_view kServiceType = "Service";

// A value of views; what it was made of lives longer.
struct ChangeEventView {
  StreamRecordView record;
  std::uint64_t number = 0;  // of the record in its lineage, see sequence_number.h
  std::uint32_t shard = 0;
  std::string_view region;
  std::string_view stream_arn;
};

// 32 hexadecimal digits; always the same for one record, and its own.
std::string event_id(const ChangeEventView& event);

std::string sequence_number_of(const ChangeEventView& event);

// Seconds since 1970: ApproximateCreationDateTime.
std::int64_t creation_seconds(const StreamRecordView& record);

}  // namespace stator
