// An event source mapping: which stream goes to which function, and how. Numbers and names are
// those of Lambda's API.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "functions/function.h"
#include "stator/clock.h"
#include "streams/mapping_settings.h"

namespace stator {

// The numbers stand on disk.
enum class MappingState : std::uint8_t {
  creating = 1,
  enabling = 2,
  enabled = 3,
  disabling = 4,
  disabled = 5,
  updating = 6,
  deleting = 7,
};

// "Creating" .. "Deleting"
std::string_view name_of(MappingState state);

// The numbers stand on disk.
enum class StartingPosition : std::uint8_t { trim_horizon = 1, latest = 2 };

// "TRIM_HORIZON" or "LATEST"
std::string_view name_of(StartingPosition position);

// What UpdateEventSourceMapping can change, as the API has it.
struct MappingConfiguration {
  std::int64_t batch_size = 100;
  std::int64_t batching_window_seconds = 0;
  std::int64_t parallelization_factor = 1;
  std::int64_t record_age_seconds_max = -1;  // -1: as long as the stream keeps them
  std::int64_t retry_attempts_max = -1;      // -1: without end
  std::int64_t tumbling_window_seconds = 0;  // 0: none
  bool bisects_batch = false;
  std::vector<std::string> response_types{};
  std::vector<std::string> filters{};  // patterns
  std::string on_failure{};            // an ARN or a local place; empty: none
  // Kept and described; nothing here works by them.
  std::string kms_key_arn{};
  std::vector<std::string> metrics{};
  std::string log_level{};
  bool operator==(const MappingConfiguration&) const = default;
};

inline constexpr std::string_view kNothingProcessed = "No records processed";
inline constexpr std::string_view kProcessed = "OK";
inline constexpr std::string_view kFunctionFailed = "PROBLEM: Function call failed";

// Why a mapping is on its way, or where it is.
inline constexpr std::string_view kUserAction = "User action";
inline constexpr std::string_view kFunctionIsGone = "Function does not exist";
inline constexpr std::string_view kStreamIsGone = "Stream not found";

// A value.
struct EventSourceMapping {
  std::string uuid;
  std::string stream_arn;    // empty: of a table that has no stream yet
  std::string stream_space;  // of the stream's table, see StreamNameView
  std::string table;         // of a mapping that waits for its table; else empty
  std::string region;
  std::string function;  // its name
  StartingPosition starting_position = StartingPosition::trim_horizon;
  MappingConfiguration configuration;
  bool enabled = true;  // or on its way to it
  MappingState state = MappingState::creating;
  std::string transition_reason = std::string(kUserAction);
  Origin origin = Origin::api;
  TimePoint created{};
  TimePoint modified{};
  std::string last_result = std::string(kNothingProcessed);  // not kept over a restart

  bool operator==(const EventSourceMapping&) const = default;
};

// "arn:aws:lambda:us-east-1:000000000000:event-source-mapping:UUID"
std::string mapping_arn(const EventSourceMapping& mapping);

// Whether a mapping of a table will come to the stream of one that names its stream: that is of its
// table, and no older than the stream that it is on. A table is "Orders" or "KEY/REGION/Orders".
bool will_follow(const EventSourceMapping& of_table, const EventSourceMapping& of_stream);

// Whether two mappings hand the records of one stream to one function, now or when one of them has
// followed its table.
bool deliver_the_same(const EventSourceMapping& a, const EventSourceMapping& b);

// What the delivery works by.
//   retention  of the stream
MappingSettings settings_of(const MappingConfiguration& configuration,
                            std::chrono::milliseconds retention);

}  // namespace stator
