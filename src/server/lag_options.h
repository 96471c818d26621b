// The texts of the options --gsi-lag, --read-lag, --stream-lag and --ttl-delay, and of the times of
// streams.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "stator/database.h"

namespace stator {

//   errors  validation: see parse_duration; at most kLagMax
Result<std::chrono::milliseconds> parse_lag(std::string_view text);

// Of --ttl-delay.
//   errors  validation: see parse_duration
Result<std::chrono::milliseconds> parse_ttl_delay(std::string_view text);

// Of --stream-retention and --stream-rollover.
//   errors  validation: see parse_duration; 0
Result<std::chrono::milliseconds> parse_stream_time(std::string_view text);

// Each "DURATION" for all global secondary indexes, or "TABLE/INDEX=DURATION" for one of them. Sets
// them in *options.
//   errors  validation; also two for the same that differ
Result<void> set_gsi_lags(const std::vector<std::string>& texts, DatabaseOptions* options);

}  // namespace stator
