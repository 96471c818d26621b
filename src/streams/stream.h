// One stream of a table: what DescribeStream says of it. A table has at most one that is enabled;
// streams that were disabled, and those of deleted tables, can be read for another day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/stream_view_type.h"
#include "model/table.h"
#include "streams/stream_shards.h"

namespace stator {

enum class StreamStatus { enabling, enabled, disabling, disabled };

// "ENABLING" .. "DISABLED"
std::string_view name_of(StreamStatus status);

// A value; immutable once published.
struct Stream {
  std::uint32_t keyspace = 0;  // of its records; never used twice
  std::string space;           // the namespace of its table
  std::string table;           // its name; the table may be gone, or another one by now
  TimePoint created{};         // also its label: no two streams of one table have the same
                               // millisecond
  TimePoint enabled{};         // when ENABLING ends
  StreamViewType view = StreamViewType::keys_only;
  KeySchema key;  // of the table
  std::optional<StreamEnd> end = {};
  StreamShards shards;

  bool operator==(const Stream&) const = default;

  StreamStatus status_at(TimePoint now) const;
  // Whether nobody can read it any more.
  bool is_gone_at(TimePoint now, const ShardTimes& times) const;
};

// "2015-05-20T20:51:10.252"
std::string stream_label(TimePoint created);

// ARN of the table, "/stream/", label.
std::string stream_arn(std::string_view region, std::string_view table, std::string_view label);
inline std::string stream_arn(std::string_view region, const Stream& stream) {
  return stream_arn(region, stream.table, stream_label(stream.created));
}

// What a stream's ARN names. A value of views of the ARN.
struct StreamArnView {
  std::string_view region;
  std::string_view account;
  std::string_view table;
  std::string_view label;
};

// nullopt: not of the form of a stream's ARN.
std::optional<StreamArnView> parse_stream_arn(std::string_view arn);

}  // namespace stator
