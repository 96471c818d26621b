#include "functions/event_source_mapping.h"

#include <algorithm>
#include <array>

#include "model/table.h"

namespace stator {

std::string_view name_of(MappingState state) {
  constexpr std::array<std::string_view, 7> kNames = {
      "Creating", "Enabling", "Enabled", "Disabling", "Disabled", "Updating", "Deleting"};
  return kNames[static_cast<std::size_t>(state) - 1];
}

std::string_view name_of(StartingPosition position) {
  return position == StartingPosition::latest ? "LATEST" : "TRIM_HORIZON";
}

std::string mapping_arn(const EventSourceMapping& mapping) {
  std::string arn = "arn:aws:lambda:";
  arn.append(mapping.region).append(":").append(kAccount).append(":event-source-mapping:");
  return arn.append(mapping.uuid);
}

MappingSettings settings_of(const MappingConfiguration& configuration,
                            std::chrono::milliseconds retention) {
  MappingSettings settings;
  settings.batch_size = static_cast<std::size_t>(configuration.batch_size);
  settings.batching_window = std::chrono::seconds(configuration.batching_window_seconds);
  settings.parallelization = static_cast<std::size_t>(configuration.parallelization_factor);
  if (configuration.retry_attempts_max >= 0) {
    settings.retries_max = static_cast<int>(configuration.retry_attempts_max);
  }
  if (configuration.record_age_seconds_max >= 0) {
    settings.age_max = std::chrono::seconds(configuration.record_age_seconds_max);
  }
  settings.bisects = configuration.bisects_batch;
  settings.reports_item_failures =
      std::find(configuration.response_types.begin(), configuration.response_types.end(),
                "ReportBatchItemFailures") != configuration.response_types.end();
  settings.tumbling_window = std::chrono::seconds(configuration.tumbling_window_seconds);
  settings.retention = retention;
  return settings;
}

}  // namespace stator
