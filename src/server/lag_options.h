// The texts of the options --gsi-lag and --read-lag.
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

// "DURATION" for all global secondary indexes, "TABLE/INDEX=DURATION" for one of them. Sets it in
// *options.
//   errors  validation
Result<void> set_gsi_lag(std::string_view text, DatabaseOptions* options);

}  // namespace stator
