#include "functions/event_source_mapping.h"

#include <algorithm>
#include <array>

#include "api/table_access.h"
#include "model/table.h"
#include "streams/stream.h"

namespace stator {

namespace {

// A namespace that is not known may be any.
bool may_be_same_space(std::string_view a, std::string_view b) {
  return a.empty() || b.empty() || a == b;
}

bool share_stream(const EventSourceMapping& a, const EventSourceMapping& b) {
  return !a.stream_arn.empty() && a.stream_arn == b.stream_arn &&
         may_be_same_space(a.stream_space, b.stream_space);
}

}  // namespace

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

bool will_follow(const EventSourceMapping& of_table, const EventSourceMapping& of_stream) {
  if (of_table.table.empty() || !of_stream.table.empty()) return false;
  const QualifiedName asked = parse_qualified_name(of_table.table);
  const std::optional<StreamArnView> stream = parse_stream_arn(of_stream.stream_arn);
  if (!stream || stream->table != asked.name || stream->region != of_table.region) return false;
  const std::string_view space = asked.space.empty() ? of_table.stream_space : asked.space;
  if (!may_be_same_space(space, of_stream.stream_space)) return false;
  const std::optional<StreamArnView> now = parse_stream_arn(of_table.stream_arn);
  return !now || now->label <= stream->label;
}

bool deliver_the_same(const EventSourceMapping& a, const EventSourceMapping& b) {
  return a.function == b.function && (share_stream(a, b) || will_follow(a, b) || will_follow(b, a));
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
