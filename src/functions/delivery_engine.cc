#include "functions/delivery_engine.h"

#include <algorithm>
#include <utility>

namespace stator {
namespace {

bool wants_to_run(MappingState state) {
  return state == MappingState::creating || state == MappingState::enabling ||
         state == MappingState::enabled || state == MappingState::updating;
}

bool is_settled(const EventSourceMapping& mapping) {
  return mapping.state == MappingState::enabled || mapping.state == MappingState::disabled;
}

// Of a stream that is younger than the mapping nothing was there before it.
DeliveryCheckpoints first_checkpoints(const EventSourceMapping& mapping, const RecordSource& source,
                                      const SourceStream& stream) {
  const bool is_younger = stream.created >= mapping.created;
  if (is_younger || mapping.starting_position != StartingPosition::latest) return {};
  return latest_checkpoints_of(source, stream);
}

// A mapping that was kept without a namespace is on the stream that it has found.
bool is_on(const EventSourceMapping& mapping, const StreamNameView& stream) {
  return mapping.stream_arn == stream.arn &&
         (mapping.stream_space.empty() || mapping.stream_space == stream.space);
}

// A mapping of a table waits for what is not there, and so does one that was running: a restart may
// bring it back.
bool waits(const EventSourceMapping& mapping) {
  return !mapping.table.empty() || mapping.state == MappingState::enabled;
}

}  // namespace

// A delivery that is through with its stream, or has ended, lets its mapping move on.
void DeliveryEngine::step(TimePoint now) {
  take_completions(now);
  std::uint64_t version = 0;
  std::size_t drained = 0;
  do {
    version = parts_.registry.version();
    drained = drained_deliveries();
    settle_all(version, now);
    for (const auto& [uuid, delivery] : deliveries_) delivery->step(now);
  } while (parts_.registry.version() != version || drained_deliveries() > drained);
  publish_metrics();
}

std::size_t DeliveryEngine::drained_deliveries() const {
  return static_cast<std::size_t>(
      std::count_if(deliveries_.begin(), deliveries_.end(),
                    [](const auto& entry) { return entry.second->is_drained(); }));
}

// What is settled is looked at again only where a table may get another stream.
void DeliveryEngine::settle_all(std::uint64_t version, TimePoint now) {
  if (version == settled_version_) return;
  bool all_settled = true;
  for (const EventSourceMapping& mapping : parts_.registry.mappings()) {
    settle(mapping, now);
    const bool is_running = deliveries_.contains(mapping.uuid) == mapping.enabled;
    all_settled = all_settled && is_settled(mapping) && is_running && mapping.table.empty();
  }
  if (all_settled) settled_version_ = version;
}

void DeliveryEngine::take_completions(TimePoint now) {
  for (Completion& completion : parts_.completions->take()) {
    const auto delivery = deliveries_.find(completion.mapping);
    if (delivery != deliveries_.end()) delivery->second->ended(std::move(completion), now);
  }
}

void DeliveryEngine::settle(const EventSourceMapping& mapping, TimePoint now) {
  if (wants_to_run(mapping.state) && mapping.enabled) return settle_running(mapping, now);
  settle_stopped(mapping, now);
}

void DeliveryEngine::settle_stopped(const EventSourceMapping& mapping, TimePoint now) {
  if (mapping.state == MappingState::disabled || !ends(mapping, now)) return;
  if (mapping.state != MappingState::deleting) return move_to(mapping, MappingState::disabled);
  const Result<void> removed = parts_.registry.remove_mapping(mapping.uuid);
  if (!removed) say_failed(mapping, removed.error());
}

void DeliveryEngine::settle_running(const EventSourceMapping& mapping, TimePoint now) {
  if (mapping.state == MappingState::updating && !ends(mapping, now)) return;
  if (!leaves_other_stream(mapping)) return;
  if (!mapping.table.empty() && follow_table(mapping)) return;
  if (deliveries_.contains(mapping.uuid)) return;
  open(mapping);
}

// A delivery whose stream was taken from its mapping is of no use, and neither is how far it came.
//   returns  false: it has not ended yet
bool DeliveryEngine::leaves_other_stream(const EventSourceMapping& mapping) {
  const auto delivery = deliveries_.find(mapping.uuid);
  if (delivery == deliveries_.end()) return true;
  if (is_on(delivery->second->mapping(), stream_name(mapping))) return true;
  delivery->second->close();
  if (delivery->second->is_busy()) return false;
  deliveries_.erase(delivery);
  return true;
}

// A mapping of a table goes on with the table's next stream when it is through with the last.
//   returns  whether it has changed
bool DeliveryEngine::follow_table(const EventSourceMapping& mapping) {
  const std::optional<SourceStream> stream = parts_.source.stream_of(mapping.region, mapping.table);
  if (!stream || is_on(mapping, stream->name())) return false;
  const auto delivery = deliveries_.find(mapping.uuid);
  if (delivery != deliveries_.end()) {
    if (!delivery->second->is_drained() || delivery->second->is_busy()) return false;
    deliveries_.erase(delivery);
  }
  const Result<void> moved = parts_.registry.move_mapping(
      mapping.uuid, stream->name(), first_checkpoints(mapping, parts_.source, *stream));
  if (!moved) say_failed(mapping, moved.error());
  return true;
}

void DeliveryEngine::open(const EventSourceMapping& mapping) {
  const std::optional<SourceStream> stream = parts_.source.find(stream_name(mapping));
  if (!parts_.registry.function(mapping.function)) return wait_for_function(mapping);
  without_function_.erase(mapping.uuid);
  if (!stream) return cannot_open(mapping, kStreamIsGone);
  auto delivery = MappingDelivery::open(mapping, *stream, parts_, &random_);
  if (!delivery) return say_failed(mapping, delivery.error());
  deliveries_[mapping.uuid] = *std::move(delivery);
  if (mapping.state != MappingState::enabled) move_to(mapping, MappingState::enabled);
}

void DeliveryEngine::wait_for_function(const EventSourceMapping& mapping) {
  if (!waits(mapping)) return cannot_open(mapping, kFunctionIsGone);
  const bool is_new = without_function_.insert(mapping.uuid).second;
  if (is_new) say_function_is_missing(mapping, parts_.log);
}

// What somebody has asked for and cannot be is over.
void DeliveryEngine::cannot_open(const EventSourceMapping& mapping, std::string_view reason) {
  if (waits(mapping)) return;
  parts_.log({.level = FunctionLogLine::Level::warn,
              .message = "an event source mapping is disabled",
              .function = mapping.function,
              .text = std::string(reason)});
  change_if_unasked(mapping, [reason](EventSourceMapping* current) {
    current->enabled = false;
    current->state = MappingState::disabled;
    current->transition_reason = reason;
  });
}

bool DeliveryEngine::ends(const EventSourceMapping& mapping, TimePoint now) {
  const auto delivery = deliveries_.find(mapping.uuid);
  if (delivery == deliveries_.end()) return true;
  delivery->second->close();
  if (delivery->second->is_busy() || !delivery->second->keep(now)) return false;
  deliveries_.erase(delivery);
  return true;
}

void DeliveryEngine::move_to(const EventSourceMapping& mapping, MappingState state) {
  change_if_unasked(mapping, [state](EventSourceMapping* current) { current->state = state; });
}

// Somebody may have asked for something else meanwhile; then that comes next.
void DeliveryEngine::change_if_unasked(const EventSourceMapping& mapping,
                                       const std::function<void(EventSourceMapping*)>& change) {
  const auto changed = parts_.registry.change_mapping(
      mapping.uuid, [&mapping, &change](EventSourceMapping* current) -> Result<void> {
        if (current->state == mapping.state) change(current);
        return {};
      });
  if (!changed) say_failed(mapping, changed.error());
}

void DeliveryEngine::say_failed(const EventSourceMapping& mapping, const Error& error) const {
  parts_.log({.level = FunctionLogLine::Level::error,
              .message = "an event source mapping cannot go on",
              .function = mapping.function,
              .text = error.message()});
}

std::optional<TimePoint> DeliveryEngine::wake_at(TimePoint now) const {
  std::optional<TimePoint> earliest;
  for (const auto& [uuid, delivery] : deliveries_) {
    const std::optional<TimePoint> at = delivery->wake_at(now);
    if (at && (!earliest || *at < *earliest)) earliest = at;
  }
  return earliest;
}

void DeliveryEngine::stop(TimePoint now) {
  take_completions(now);
  for (const auto& [uuid, delivery] : deliveries_) {
    delivery->close();
    delivery->keep(now);
  }
}

std::vector<MappingMetrics> DeliveryEngine::metrics() const {
  const MutexLock lock(&mu_);
  return metrics_;
}

void DeliveryEngine::publish_metrics() {
  std::vector<MappingMetrics> metrics;
  for (const auto& [uuid, delivery] : deliveries_) {
    metrics.push_back({delivery->mapping(), delivery->metrics()});
  }
  const MutexLock lock(&mu_);
  metrics_ = std::move(metrics);
}

}  // namespace stator
