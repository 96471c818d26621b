#include "functions/mapping_delivery.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "functions/shard_reader.h"

namespace stator {
namespace {

// How long after the store or a stream failed it is tried again. Ours.
constexpr std::chrono::milliseconds kTryAgain = std::chrono::seconds(1);

// Of one read, and how many reads one step makes of a shard: more would keep other mappings
// waiting.
constexpr SourceLimits kReadMax = {.records_max = 1000, .bytes_max = 1024 * 1024};
constexpr int kReadsMax = 8;

constexpr int kNoSuchFunction = 404;

std::optional<TimePoint> earlier(std::optional<TimePoint> a, std::optional<TimePoint> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

}  // namespace

void say_function_is_missing(const EventSourceMapping& mapping, const FunctionLog& log) {
  log({.level = FunctionLogLine::Level::warn,
       .message = "an event source mapping waits for a function that is not there",
       .function = mapping.function,
       .text = mapping.table.empty() ? mapping.stream_arn : mapping.table});
}

Result<std::unique_ptr<MappingDelivery>> MappingDelivery::open(EventSourceMapping mapping,
                                                               const SourceStream& stream,
                                                               const DeliveryParts& parts,
                                                               Random* random) {
  RecordFilter filter = TRY(RecordFilter::parse(mapping.configuration.filters));
  DeliveryCheckpoints checkpoints = TRY(parts.registry.checkpoints(mapping.uuid));
  const MappingSettings settings = settings_of(mapping.configuration, stream.retention);
  return std::unique_ptr<MappingDelivery>(new MappingDelivery(
      std::move(mapping), std::move(filter), settings, std::move(checkpoints), parts, random));
}

MappingDelivery::MappingDelivery(EventSourceMapping mapping, RecordFilter filter,
                                 MappingSettings settings, DeliveryCheckpoints checkpoints,
                                 const DeliveryParts& parts, Random* random)
    : mapping_(std::move(mapping)),
      filter_(std::move(filter)),
      settings_(settings),
      parts_(parts),
      random_(*random),
      checkpoints_(std::move(checkpoints)) {}

// A shard that is finished lets its children begin, so once more when one is. What filters passed
// over is kept at once: nothing may end for a long time.
void MappingDelivery::step(TimePoint now) {
  if (closing_) return;
  bool again = true;
  while (again) {
    again = false;
    if (!keep(now)) return;
    const SourceStream stream = source_stream();
    drop_gone_shards(stream, now);
    open_shards(stream);
    drained_ = !stream.is_enabled && shards_.empty();
    for (auto& [shard, work] : shards_) {
      fill(stream, shard, &work, now);
      start(stream, shard, &work, now);
      if (has_passed_records(shard, work)) changed_.insert(shard);
      if (!work.delivery.is_finished()) continue;
      changed_.insert(shard);
      again = true;
    }
  }
  keep(now);
}

// Whether more is done than is kept though no action has ended: filters let nothing of it pass.
bool MappingDelivery::has_passed_records(std::uint32_t shard, const ShardWork& work) const {
  const auto kept = checkpoints_.find(shard);
  return work.delivery.done() > (kept == checkpoints_.end() ? 0 : kept->second.done);
}

// One that is gone has no shards; what was read of it is delivered still.
SourceStream MappingDelivery::source_stream() const {
  std::optional<SourceStream> stream = parts_.source.find(stream_name(mapping_));
  if (stream) return *std::move(stream);
  SourceStream gone;
  gone.arn = mapping_.stream_arn;
  gone.space = mapping_.stream_space;
  gone.is_enabled = false;
  return gone;
}

bool MappingDelivery::keep(TimePoint now) {
  if (keep_again_at_ && now < *keep_again_at_) return false;
  if (changed_.empty()) return true;
  DeliveryCheckpoints changed;
  for (const std::uint32_t shard : changed_) {
    const auto work = shards_.find(shard);
    if (work != shards_.end()) changed[shard] = work->second.delivery.checkpoint();
  }
  const Result<void> kept = parts_.registry.keep_checkpoints(mapping_.uuid, changed);
  if (!kept) {
    parts_.log({.level = FunctionLogLine::Level::error,
                .message = "a checkpoint cannot be kept",
                .function = mapping_.function,
                .text = kept.error().message()});
    keep_again_at_ = now + kTryAgain;
    return false;
  }
  keep_again_at_.reset();
  changed_.clear();
  for (const auto& [shard, checkpoint] : changed) {
    checkpoints_[shard] = checkpoint;
    if (checkpoint.is_finished) shards_.erase(shard);
  }
  return true;
}

void MappingDelivery::open_shards(const SourceStream& stream) {
  for (const std::uint32_t shard : deliverable_shards(stream.shards, checkpoints_)) {
    if (shards_.contains(shard)) continue;
    const auto checkpoint = checkpoints_.find(shard);
    const DeliveryCheckpoint kept =
        checkpoint == checkpoints_.end() ? DeliveryCheckpoint() : checkpoint->second;
    shards_.try_emplace(shard, shard_id(*stream.shards.find(shard)), settings_, kept);
  }
}

// A shard that can no longer be read is dropped when what was read of it is done, and its
// checkpoint says nothing any more.
void MappingDelivery::drop_gone_shards(const SourceStream& stream, TimePoint now) {
  std::erase_if(shards_, [&stream, now](const auto& entry) {
    const auto& [shard, work] = entry;
    return stream.shards.find(shard) == nullptr && work.started.empty() &&
           !work.delivery.wake_at(now);
  });
  std::vector<std::uint32_t> gone;
  for (const auto& [shard, checkpoint] : checkpoints_) {
    if (stream.shards.find(shard) == nullptr && !shards_.contains(shard)) gone.push_back(shard);
  }
  if (gone.empty() || !parts_.registry.drop_checkpoints(mapping_.uuid, gone)) return;
  for (const std::uint32_t shard : gone) checkpoints_.erase(shard);
}

void MappingDelivery::fill(const SourceStream& stream, std::uint32_t shard, ShardWork* work,
                           TimePoint now) {
  work->read_again_at.reset();
  if (stream.shards.find(shard) == nullptr) return;
  for (int reads = 0; work->delivery.wants_records(); ++reads) {
    if (reads == kReadsMax) {
      work->read_again_at = now;
      return;
    }
    Result<ReadPage> read =
        read_shard(parts_.source, stream, shard, work->delivery.read_after(), filter_, kReadMax);
    if (!read) {
      parts_.log({.level = FunctionLogLine::Level::error,
                  .message = "a shard cannot be read",
                  .function = mapping_.function,
                  .text = read.error().message()});
      work->read_again_at = now + kTryAgain;
      return;
    }
    work->read_again_at = read->more_at;
    work->delivery.add(std::move(read->page), now);
    if (read->is_empty) return;
  }
}

void MappingDelivery::start(const SourceStream& stream, std::uint32_t shard, ShardWork* work,
                            TimePoint now) {
  const EventSourceView source{stream.arn, work->id};
  while (const std::optional<DeliveryAction> action = work->delivery.next(now)) {
    ++in_flight_;
    work->started.insert(action->lane);
    Completion end{.mapping = mapping_.uuid, .shard = shard, .lane = action->lane, .result = {}};
    if (action->discard) {
      give_up(*action, source, end, now);
    } else {
      invoke(*action, source, std::move(end), now);
    }
  }
}

void MappingDelivery::invoke(const DeliveryAction& action, const EventSourceView& source,
                             Completion end, TimePoint now) {
  Invocation invocation{.request_id = {},
                        .function_arn = function_arn(mapping_.region, mapping_.function),
                        .event = handler_event(action, source)};
  append_uuid_v4(&random_, &invocation.request_id);
  metrics_.records += action.records.size();
  if (!action.records.empty()) {
    metrics_.iterator_age =
        std::chrono::duration_cast<std::chrono::milliseconds>(now - action.records.back()->created);
  }
  auto done = [completions = parts_.completions, end = std::move(end)](InvocationResult result) {
    Completion ended = end;
    ended.result = std::move(result);
    completions->add(std::move(ended));
  };
  if (!parts_.invokers.invoke(mapping_.function, &invocation, done)) {
    return cannot_invoke(invocation, done);
  }
  function_is_missing_ = false;
}

// Said once: it is tried again and again.
void MappingDelivery::cannot_invoke(const Invocation& invocation, const InvocationDone& done) {
  if (!function_is_missing_) say_function_is_missing(mapping_, parts_.log);
  function_is_missing_ = true;
  done(not_invoked(invocation, kNoSuchFunction));
}

void MappingDelivery::give_up(const DeliveryAction& action, const EventSourceView& source,
                              const Completion& end, TimePoint now) {
  const std::string arn = function_arn(mapping_.region, mapping_.function);
  const std::string& destination = mapping_.configuration.on_failure;
  FailedBatchView failed{.source = source, .function_arn = arn, .now = now, .payload = {}};
  std::string payload;
  if (FailureDestinations::takes_payload(destination)) {
    payload = handler_event(action, source);
    failed.payload = payload;
  }
  metrics_.discarded += action.records.size();
  parts_.destinations.send(destination, failure_document(action, failed),
                           [completions = parts_.completions, end] { completions->add(end); });
}

void MappingDelivery::ended(Completion completion, TimePoint now) {
  const auto found = shards_.find(completion.shard);
  if (found == shards_.end()) return;
  if (found->second.started.erase(completion.lane) == 0) return;
  --in_flight_;
  changed_.insert(completion.shard);
  ShardDelivery& delivery = found->second.delivery;
  if (!completion.result) return delivery.discarded(completion.lane);
  note(*completion.result);
  delivery.invoked(completion.lane, *std::move(completion.result), now);
}

void MappingDelivery::note(const InvocationResult& result) {
  if (result.outcome == InvocationOutcome::not_invoked) return;
  const bool failed = result.outcome == InvocationOutcome::function_error;
  parts_.registry.note_result(mapping_.uuid, failed ? kFunctionFailed : kProcessed);
}

std::optional<TimePoint> MappingDelivery::wake_at(TimePoint now) const {
  if (closing_) return std::nullopt;
  if (keep_again_at_) return keep_again_at_;
  std::optional<TimePoint> earliest;
  for (const auto& [shard, work] : shards_) {
    earliest = earlier(earliest, work.read_again_at);
    earliest = earlier(earliest, work.delivery.wake_at(now));
  }
  return earliest;
}

}  // namespace stator
