// The delivery of one event source mapping: reads its shards, starts invocations and discards, and
// keeps checkpoints before anything relies on them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "api/handler_json.h"
#include "base/random.h"
#include "functions/completions.h"
#include "functions/event_source_mapping.h"
#include "functions/failure_destinations.h"
#include "functions/function_invokers.h"
#include "functions/record_source.h"
#include "functions/registry.h"
#include "streams/delivery_lineage.h"
#include "streams/record_filter.h"
#include "streams/shard_delivery.h"

namespace stator {

// What all deliveries work with; outlives them.
struct DeliveryParts {
  Registry& registry;
  const RecordSource& source;
  FunctionInvokers& invokers;
  FailureDestinations& destinations;
  std::shared_ptr<Completions> completions;  // also kept by invocations that end late
  FunctionLog log;
};

// What a mapping has done since its delivery began. A value.
struct DeliveryMetrics {
  std::uint64_t records = 0;                  // handed to the function, each time
  std::uint64_t discarded = 0;                // records given up
  std::chrono::milliseconds iterator_age{0};  // of the last record handed over
};

// Says that a mapping waits for its function.
void say_function_is_missing(const EventSourceMapping& mapping, const FunctionLog& log);

// A resource of one thread.
class MappingDelivery {
 public:
  //   errors  internal: the checkpoints cannot be read
  static Result<std::unique_ptr<MappingDelivery>> open(EventSourceMapping mapping,
                                                       const SourceStream& stream,
                                                       const DeliveryParts& parts, Random* random);

  MappingDelivery(const MappingDelivery&) = delete;
  MappingDelivery& operator=(const MappingDelivery&) = delete;

  const EventSourceMapping& mapping() const { return mapping_; }

  // Does all that is due.
  void step(TimePoint now);

  // An action that step() started is over; what it changed is kept in the next step.
  void ended(Completion completion, TimePoint now);

  // Starts nothing more; what runs goes on.
  void close() { closing_ = true; }
  bool is_busy() const { return in_flight_ > 0; }

  // Writes down how far it has come.
  //   returns  false: that failed
  bool keep(TimePoint now);

  // Whether all shards of the stream are closed, and all of them is done.
  bool is_drained() const { return drained_; }

  // When step() has something to do though nothing happens; nullopt: never.
  std::optional<TimePoint> wake_at(TimePoint now) const;

  const DeliveryMetrics& metrics() const { return metrics_; }

 private:
  struct ShardWork {
    ShardWork(std::string shard_id, const MappingSettings& settings,
              const DeliveryCheckpoint& checkpoint)
        : id(std::move(shard_id)), delivery(settings, checkpoint) {}
    const std::string id;
    ShardDelivery delivery;
    std::optional<TimePoint> read_again_at;  // there is more then, or reading failed
    std::set<std::size_t> started;           // lanes with an action that has not ended
  };

  MappingDelivery(EventSourceMapping mapping, RecordFilter filter, MappingSettings settings,
                  DeliveryCheckpoints checkpoints, const DeliveryParts& parts, Random* random);

  SourceStream source_stream() const;
  void open_shards(const SourceStream& stream);
  void drop_gone_shards(const SourceStream& stream, TimePoint now);
  void fill(const SourceStream& stream, std::uint32_t shard, ShardWork* work, TimePoint now);
  void start(const SourceStream& stream, std::uint32_t shard, ShardWork* work, TimePoint now);
  bool has_passed_records(std::uint32_t shard, const ShardWork& work) const;
  void invoke(const DeliveryAction& action, const EventSourceView& source, Completion end,
              TimePoint now);
  void give_up(const DeliveryAction& action, const EventSourceView& source, const Completion& end,
               TimePoint now);
  void cannot_invoke(const Invocation& invocation, const InvocationDone& done);
  void note(const InvocationResult& result);

  const EventSourceMapping mapping_;
  const RecordFilter filter_;
  const MappingSettings settings_;
  const DeliveryParts& parts_;
  Random& random_;
  DeliveryCheckpoints checkpoints_;  // as they are kept
  std::map<std::uint32_t, ShardWork> shards_;
  std::set<std::uint32_t> changed_;  // shards whose checkpoint is to be kept
  std::optional<TimePoint> keep_again_at_;
  std::size_t in_flight_ = 0;
  bool closing_ = false;
  bool drained_ = false;
  bool function_is_missing_ = false;  // and the log says so
  DeliveryMetrics metrics_;
};

}  // namespace stator
