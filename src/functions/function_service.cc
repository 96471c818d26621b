#include "functions/function_service.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "base/start_thread.h"
#include "functions/net/io_loop.h"
#include "functions/net/loop_poster.h"
#include "functions/net/program_invoker.h"
#include "functions/url_invoker.h"
#include "streams/sequence_number.h"

namespace stator {
namespace {

// How long the delivery rests after a failure of ours.
constexpr std::chrono::seconds kAfterFailure{1};

}  // namespace

// The event loop and what stands on it.
class FunctionService::Network {
 public:
  explicit Network(std::unique_ptr<IoLoop> the_loop)
      : loop(std::move(the_loop)), poster(loop.get()) {}
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  const std::unique_ptr<IoLoop> loop;
  LoopPoster poster;
};

Result<std::unique_ptr<FunctionService>> FunctionService::start(FunctionServiceParts parts) {
  std::unique_ptr<FunctionService> service(new FunctionService(std::move(parts)));
  TRY(service->open());
  return service;
}

FunctionService::FunctionService(FunctionServiceParts parts)
    : parts_(std::move(parts)), random_(parts_.seed == 0 ? entropy_seed() : parts_.seed) {
  if (!parts_.log) parts_.log = [](const FunctionLogLine&) {};
}

Result<void> FunctionService::open() {
  network_ = std::make_unique<Network>(TRY(IoLoop::start(parts_.log)));
  const auto wake = [this] { wake_up_.wake(); };
  registry_ = TRY(Registry::open(&parts_.rows, wake));
  failures_ = TRY(KeptFailures::open(&parts_.rows));
  TRY(take_over());
  invokers_ = std::make_unique<FunctionInvokers>(
      *registry_, [this](const LambdaFunction& function) { return make_invoker(function); });
  destinations_ = std::make_unique<FailureDestinations>(
      FailureDestinations::Parts{.places = parts_.file.destinations,
                                 .handlers = parts_.failure_handlers,
                                 .poster = network_->poster,
                                 .kept = *failures_,
                                 .log = parts_.log});
  completions_ = std::make_shared<Completions>(wake);
  engine_ = std::make_unique<DeliveryEngine>(DeliveryParts{.registry = *registry_,
                                                           .source = parts_.source,
                                                           .invokers = *invokers_,
                                                           .destinations = *destinations_,
                                                           .completions = completions_,
                                                           .log = parts_.log},
                                             random_.next());
  api_ = std::make_unique<LambdaApi>(LambdaApiParts{.registry = *registry_,
                                                    .invokers = *invokers_,
                                                    .source = parts_.source,
                                                    .clock = parts_.clock,
                                                    .log = parts_.log,
                                                    .seed = random_.next()});
  thread_ = TRY(start_thread([this] { deliver(); }));
  parts_.source.on_change([this] { wake_up_.note(); });
  wake_up_.wake();  // for what came in between
  return {};
}

// What C++ functions answer to the last is kept. Invokers and destinations may report to the last:
// what takes their reports goes after them.
FunctionService::~FunctionService() {
  if (thread_.joinable()) {
    parts_.source.on_change(nullptr);
    wake_up_.stop();
    thread_.join();
    invokers_->clear();
    stopped_invokers_.join();
    engine_->stop(parts_.clock.now());
  }
  invokers_.reset();
  destinations_.reset();
  network_.reset();
}

void FunctionService::deliver() {
  std::optional<std::chrono::microseconds> sleep;
  do {
    sleep = deliver_once();
  } while (wake_up_.wait(sleep, registry_->has_mappings()));
}

// One of the places where foreign exceptions end: what memory ran out for is tried again.
//   returns  how long there is nothing to do, unless it is woken
std::optional<std::chrono::microseconds> FunctionService::deliver_once() try {
  const TimePoint now = parts_.clock.now();
  engine_->step(now);
  std::optional<std::chrono::microseconds> sleep = parts_.look_at_clock_every;
  if (const std::optional<TimePoint> at = engine_->wake_at(now)) {
    const auto due = std::max(*at - now, std::chrono::microseconds(0));
    sleep = sleep ? std::min(*sleep, due) : due;
  }
  return sleep;
} catch (const std::exception& failure) {
  parts_.log({.level = FunctionLogLine::Level::error,
              .message = "the delivery to functions met a failure of ours",
              .function = {},
              .text = failure.what()});
  return kAfterFailure;
}

Result<void> FunctionService::take_over() {
  TRY(drop_what_left());
  for (const LambdaFunction& function : parts_.file.functions) TRY(take_over_function(function));
  for (const auto& [name, handler] : parts_.handlers) {
    LambdaFunction function;
    function.name = name;
    function.origin = Origin::embedder;
    TRY(take_over_function(std::move(function)));
  }
  for (const EventSourceMapping& mapping : parts_.file.mappings) TRY(take_over_mapping(mapping));
  return {};
}

// What a file said once and says no more, and mappings that were on their way out.
Result<void> FunctionService::drop_what_left() {
  for (const LambdaFunction& function : registry_->functions()) {
    if (function.origin == Origin::file) TRY(registry_->remove_function(function.name));
  }
  for (const EventSourceMapping& mapping : registry_->mappings()) {
    if (mapping.state == MappingState::deleting) TRY(registry_->remove_mapping(mapping.uuid));
    if (mapping.origin != Origin::file) continue;
    const bool stays = std::any_of(
        parts_.file.mappings.begin(), parts_.file.mappings.end(),
        [&mapping](const EventSourceMapping& other) { return other.uuid == mapping.uuid; });
    if (!stays) TRY(registry_->remove_mapping(mapping.uuid));
  }
  return {};
}

Result<void> FunctionService::take_over_function(LambdaFunction function) {
  function.modified = parts_.clock.now();
  function.revision = uuid();
  return registry_->put_function(std::move(function), Registry::Put::replace);
}

// One that was there goes on where it was, with what the file says of it now, and so does one of
// Lambda's API that delivers the same: then that is the file's.
Result<void> FunctionService::take_over_mapping(const EventSourceMapping& mapping) {
  const std::optional<EventSourceMapping> kept = registry_->mapping(mapping.uuid);
  if (!kept) {
    EventSourceMapping added = mapping;
    added.created = parts_.clock.now();
    added.modified = added.created;
    const std::optional<EventSourceMapping> other = mapping_to_replace(mapping);
    if (!other) return registry_->add_mapping(std::move(added), {});
    parts_.log({.level = FunctionLogLine::Level::warn,
                .message = "a mapping of the file takes the place of one of Lambda's API",
                .function = mapping.function,
                .text = other->uuid});
    return registry_->replace_mapping(other->uuid, std::move(added));
  }
  TRY(registry_->change_mapping(
      mapping.uuid, [&mapping](EventSourceMapping* changed) -> Result<void> {
        changed->configuration = mapping.configuration;
        changed->enabled = mapping.enabled;
        changed->state = mapping.enabled ? MappingState::enabling : MappingState::disabling;
        changed->transition_reason = kUserAction;
        return {};
      }));
  return {};
}

// Of several the one with the youngest stream: the others end with theirs.
std::optional<EventSourceMapping> FunctionService::mapping_to_replace(
    const EventSourceMapping& mapping) const {
  std::optional<EventSourceMapping> youngest;
  for (EventSourceMapping& other : registry_->mappings()) {
    if (!deliver_the_same(mapping, other)) continue;
    if (!youngest || youngest->stream_arn < other.stream_arn) youngest = std::move(other);
  }
  return youngest;
}

std::string FunctionService::uuid() {
  std::string uuid;
  append_uuid_v4(&random_, &uuid);
  return uuid;
}

std::shared_ptr<Invoker> FunctionService::make_invoker(const LambdaFunction& function) {
  if (const auto* const url = std::get_if<UrlCode>(&function.code)) {
    const std::optional<Url> parsed = parse_url(url->url);
    if (!parsed) return nullptr;
    return std::make_shared<UrlInvoker>(*parsed, function, &network_->poster);
  }
  if (std::holds_alternative<ProgramCode>(function.code)) {
    return std::make_shared<ProgramInvoker>(function, network_->loop.get(), parts_.log);
  }
  const auto handler = parts_.handlers.find(function.name);
  if (handler == parts_.handlers.end()) return nullptr;
  return stopped_invokers_.share(
      std::make_unique<InProcessInvoker>(handler->second, function.concurrency));
}

void FunctionService::answer(const LambdaCall& call, AnswerLambda done) {
  api_->answer(call, std::move(done));
}

Result<std::vector<std::string>> FunctionService::failures() const {
  return failures_->all();
}

Result<void> FunctionService::reset() {
  for (const EventSourceMapping& mapping : registry_->mappings()) {
    if (mapping.origin != Origin::api) {
      TRY(registry_->move_mapping(mapping.uuid, {}, {}));
      continue;
    }
    TRY(registry_->change_mapping(mapping.uuid, [](EventSourceMapping* changed) -> Result<void> {
      changed->enabled = false;
      changed->state = MappingState::deleting;
      return {};
    }));
  }
  for (const LambdaFunction& function : registry_->functions()) {
    if (function.origin != Origin::api) continue;
    TRY(registry_->remove_function(function.name));
    invokers_->forget(function.name);
  }
  return failures_->clear();
}

FunctionMetrics FunctionService::metrics() const {
  FunctionMetrics metrics{.functions = invokers_->counters(), .mappings = {}};
  for (MappingMetrics& delivered : engine_->metrics()) {
    const std::uint64_t behind = records_behind(delivered.mapping);
    metrics.mappings.push_back({.delivered = std::move(delivered), .records_behind = behind});
  }
  return metrics;
}

// Numbers that were given up between records count as records; there are few.
std::uint64_t FunctionService::records_behind(const EventSourceMapping& mapping) const {
  const std::optional<SourceStream> stream = parts_.source.find(stream_name(mapping));
  const Result<DeliveryCheckpoints> checkpoints = registry_->checkpoints(mapping.uuid);
  if (!stream || !checkpoints) return 0;
  std::uint64_t behind = 0;
  for (const Shard& shard : stream->shards.all()) {
    const auto found = checkpoints->find(shard.number);
    const bool is_known = found != checkpoints->end();
    if (is_known && found->second.is_finished) continue;
    const std::uint64_t done = std::max(
        {is_known ? found->second.done : 0, shard.trimmed, first_record_of(shard.generation) - 1});
    const std::uint64_t last = parts_.source.last_record(stream->name(), shard.number);
    if (last > done) behind += last - done;
  }
  return behind;
}

}  // namespace stator
