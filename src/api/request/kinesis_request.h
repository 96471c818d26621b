// The requests that tell a table to send its changes to a Kinesis data stream.
#pragma once

#include <optional>
#include <string_view>

#include "api/json_reader.h"
#include "base/result.h"
#include "model/kinesis_destination.h"

namespace stator {

// The structure that holds the precision has a name of its own in each operation.
inline constexpr std::string_view kEnableKinesisConfiguration =
    "EnableKinesisStreamingConfiguration";
inline constexpr std::string_view kUpdateKinesisConfiguration =
    "UpdateKinesisStreamingConfiguration";

// Texts belong to the JSON reader and are good until it opens the next request.
struct KinesisRequest {
  std::string_view configuration;  // the structure's name
  std::optional<std::string_view> table_name;
  std::optional<std::string_view> stream_arn;
  std::optional<std::string_view> precision;  // ApproximateCreationDateTimePrecision
};

//   errors  serialization
Result<KinesisRequest> read_kinesis_request(std::string_view json, std::string_view configuration,
                                            JsonReader* reader);

// "MILLISECOND", "MICROSECOND"
std::string_view name_of(TimestampPrecision precision);
// Of a request that was checked.
std::optional<TimestampPrecision> requested_precision(const KinesisRequest& request);

}  // namespace stator
