// The embedding API over the operations.
#include "stator/database.h"

#include <algorithm>
#include <functional>
#include <tuple>
#include <utility>

#include "api/control.h"
#include "api/database_engine.h"
#include "api/engine.h"
#include "api/exception_reply.h"
#include "api/exceptions.h"
#include "api/fault_rules.h"
#include "api/fault_scope.h"
#include "api/json_writer.h"
#include "api/lag_control.h"
#include "api/operations.h"
#include "api/request/statement_targets.h"
#include "api/reset.h"
#include "api/table_access.h"
#include "base/check.h"
#include "base/limits.h"
#include "storage/check.h"
#include "storage/kept_clock.h"
#include "streams/stream_check.h"

namespace stator {
namespace {

// Lends scratch memory for a scope.
class LentScratch {
 public:
  explicit LentScratch(ScratchPool* pool) : pool_(*pool), scratch_(pool->take()) {}
  LentScratch(const LentScratch&) = delete;
  LentScratch& operator=(const LentScratch&) = delete;
  ~LentScratch() { pool_.give_back(std::move(scratch_)); }

  Scratch& operator*() const { return *scratch_; }

 private:
  ScratchPool& pool_;
  std::unique_ptr<Scratch> scratch_;
};

std::string_view padded_copy(std::string_view body, std::string* copy) {
  copy->reserve(body.size() + kBodyPadding);
  copy->assign(body);
  return *copy;
}

// The body with the padding that the JSON reader wants; copied only where it has none.
std::string_view padded_body(const Call& call, std::string* copy) {
  if (call.readable_bytes >= call.body.size() + kBodyPadding) return call.body;
  return padded_copy(call.body, copy);
}

// An operation may have stopped before it had read everything: malformed JSON comes first.
Error final_error(Error error, const Context& context) {
  const bool about_types = error.code() == ErrorCode::serialization && !error.message().empty();
  if (about_types && !context.scratch.reader.is_well_formed(context.json)) return malformed_json();
  return error;
}

// A call that no operation sees: what AWS says of it first. No body at all is malformed only for an
// operation.
void refuse(const Operation* operation, const Context& context, Reply* reply) {
  const std::string_view region = context.call.caller.region;
  context.engine.request_metrics.count_user_error();
  if (!context.json.empty() && !context.scratch.reader.is_well_formed(context.json)) {
    return write_exception(exception_of(ErrorCode::serialization), malformed_json(), region, reply);
  }
  if (operation != nullptr) return write_refusal(*context.call.refusal, region, reply);
  write_exception(exception_of(ErrorCode::unknown_operation),
                  Error(ErrorCode::unknown_operation, ""), region, reply);
}

void count_success(const Operation& operation, const Context& context) {
  const RequestNotes& notes = context.scratch.notes;
  if (!operation.counted && notes.stream == nullptr) return;
  Engine& engine = context.engine;
  engine.request_metrics.count_success(operation.counted, notes, engine.clock->now() - context.now);
}

void fail(const Operation& operation, const Context& context, const Error& error, Reply* reply) {
  reply->body.clear();
  context.engine.request_metrics.count_failure(operation.counted, context.scratch.notes,
                                               error.code());
  write_exception(exception_of(error.code()), error, context.call.caller.region, reply);
}

void run(const Operation& operation, const Context& context, Reply* reply) {
  JsonWriter json(&reply->body);
  Result<void> result = operation.run(context, &json);
  json.finish();
  if (result) return count_success(operation, context);
  fail(operation, context, final_error(std::move(result).error(), context), reply);
}

std::vector<FaultTarget> fault_targets(std::string_view operation, const Context& context) {
  Scratch& scratch = context.scratch;
  if (!has_statements(operation)) return read_fault_targets(context.json, &scratch.reader);
  return read_statement_targets(operation, context.json, &scratch.reader, &scratch.arena);
}

// A request that a fault ends counts for its tables as if it had come to its end by itself.
void fail_by_fault(const Operation& operation, const Context& context,
                   std::span<const FaultTarget> targets, const Error& error, Reply* reply) {
  for (const FaultTarget& target : targets) note_table(context, target.table);
  if (error.code() == ErrorCode::transaction_conflict) {
    for (const auto& table : context.scratch.notes.tables) add_one(&table->transaction_conflicts);
  }
  fail(operation, context, error, reply);
}

// The request as the rules of faults let it be.
void run_with_faults(const Operation& operation, const Context& context, Reply* reply) {
  Engine& engine = context.engine;
  const std::vector<FaultTarget> targets = fault_targets(operation.name, context);
  FaultEffects effects = engine.faults->meet(operation.name, targets, *engine.clock);
  for (const FaultWait& delay : effects.delays) engine.faults->wait(delay, *engine.clock);
  reply->is_dropped = effects.close != FaultClose::never;
  if (effects.close == FaultClose::before) return;
  if (effects.error && !is_of_condition(operation.name, effects.error->code())) {
    return fail_by_fault(operation, context, targets, *effects.error, reply);
  }
  run(operation,
      {.engine = engine,
       .call = context.call,
       .json = context.json,
       .scratch = context.scratch,
       .now = engine.clock->now(),
       .faults = &effects},
      reply);
}

void answer(const Context& context, Reply* reply) {
  const Call& call = context.call;
  const Operation* const operation = find_operation(call.operation);
  if (operation == nullptr || call.refusal != nullptr) return refuse(operation, context, reply);
  context.engine.expirations->catch_up_if_moved(context.now);
  if (context.engine.faults->any()) return run_with_faults(*operation, context, reply);
  run(*operation, context, reply);
}

Result<CheckReport> check_all(const Store& store) {
  const StoreView view = store.view();
  CheckReport report = TRY(check_store(view));
  TRY(check_streams(view, &report));
  return report;
}

CheckResult check(const Store& store) {
  Result<CheckReport> report = check_all(store);
  if (!report) return {{}, report.error().message()};
  return {*std::move(report), ""};
}

using std::chrono::milliseconds;

milliseconds clamped_lag(milliseconds lag) {
  return std::clamp<milliseconds>(lag, milliseconds(0), kLagMax);
}

milliseconds clamped_delay(milliseconds delay) {
  return std::clamp<milliseconds>(delay, milliseconds(0), kDurationMax);
}

// Of a shard or a record: it lives for some time.
milliseconds clamped_duration(milliseconds duration) {
  return std::clamp<milliseconds>(duration, milliseconds(1), kDurationMax);
}

void leave_as_it_is(DatabaseOptions* options) {
  options->ttl_delay = kDurationMax;
  options->stream_retention = kDurationMax;
  options->stream_rollover = kDurationMax;
}

Lags lags_of(const DatabaseOptions& options) {
  Lags lags{.gsi = clamped_lag(options.gsi_lag),
            .read = clamped_lag(options.read_lag),
            .stream = clamped_lag(options.stream_lag),
            .indexes = {}};
  for (const GsiLag& own : options.gsi_lags) {
    const auto [space, table] = parse_qualified_name(own.table);
    lags.indexes[std::tuple(std::string(space), std::string(table), own.index)] =
        clamped_lag(own.lag);
  }
  return lags;
}

// A change that cannot fail.
void change_lags(Engine* engine, const std::function<void(Lags*)>& change) {
  const auto changed = engine->lags.change([&](Lags* lags) -> Result<void> {
    change(lags);
    return {};
  });
  CHECK(changed.has_value());
}

}  // namespace

class Database::State {
 public:
  Engine engine;
};

Engine& DatabaseEngine::of(const Database& database) {
  return database.state_->engine;
}

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}

// If this fails the clock may begin earlier the next time.
Database::~Database() {
  const Engine& engine = state_->engine;
  if (engine.manual_clock == nullptr || engine.store == nullptr) return;
  if (!keep_clock(engine.store.get(), engine.manual_clock->now())) return;
}

OpenResult Database::open(DatabaseOptions options) {
  if (options.durability == Durability::power && options.directory.empty()) {
    return {nullptr, "a database that outlives a loss of power needs a directory"};
  }
  auto state = std::make_unique<State>();
  Engine& engine = state->engine;
  engine.clock = options.clock ? options.clock : std::make_shared<SystemClock>();
  engine.manual_clock = std::dynamic_pointer_cast<ManualClock>(options.clock);
  engine.transitions = options.transitions;
  engine.isolation = options.isolation;
  if (options.as_left) leave_as_it_is(&options);
  engine.as_left = options.as_left;
  {
    const MutexLock lock(&engine.random_mu);
    engine.random = Random(options.seed != 0 ? options.seed : entropy_seed());
  }
  change_lags(&engine, [&](Lags* lags) { *lags = lags_of(options); });
  engine.expiry_delay = clamped_delay(options.ttl_delay);
  engine.item_collection_bytes_max = options.item_collection_bytes_max;
  engine.shard_times = {.rollover = clamped_duration(options.stream_rollover),
                        .retention = clamped_duration(options.stream_retention)};
  const Result<void> opened = engine.open({.directory = std::move(options.directory),
                                           .sync_commits = options.durability == Durability::power,
                                           .must_exist = options.as_left});
  if (!opened) return {nullptr, opened.error().message()};
  engine.capacity.open({.catalog = engine.catalog.get(),
                        .store = engine.store.get(),
                        .mode = options.capacity,
                        .burst = options.burst_at_start,
                        .partition_bytes_max = options.partition_bytes_max},
                       engine.clock->now());
  return {std::unique_ptr<Database>(new Database(std::move(state))), ""};
}

Reply Database::call(std::string_view operation, std::string_view json) {
  Reply reply;
  Call request;
  request.operation = operation;
  request.body = json;
  call(request, &reply);
  return reply;
}

void Database::call(const Call& call, Reply* reply) {
  reply->status = 200;
  reply->body.clear();
  reply->is_dropped = false;
  if (state_->engine.isolation == Isolation::shared) return run(call, reply);
  const std::string space = isolated_space(call.caller);
  Call isolated = call;
  isolated.caller.space = space;
  run(isolated, reply);
}

void Database::run(const Call& call, Reply* reply) {
  const LentScratch lent(&state_->engine.scratches);
  Scratch& scratch = *lent;
  scratch.json_bytes = call.body.size();
  answer({.engine = state_->engine,
          .call = call,
          .json = padded_body(call, &scratch.body),
          .scratch = scratch,
          .now = state_->engine.clock->now()},
         reply);
}

CheckResult Database::check() const {
  return stator::check(*state_->engine.store);
}

CheckResult check_directory(const std::string& directory) {
  const Result<std::unique_ptr<Store>> store =
      Store::open({.directory = directory, .read_only = true});
  if (!store) return {{}, store.error().message()};
  return check(**store);
}

void Database::control(const ControlCall& call, Reply* reply) {
  reply->status = 200;
  reply->body.clear();
  reply->is_dropped = false;
  const LentScratch lent(&state_->engine.scratches);
  Scratch& scratch = *lent;
  scratch.json_bytes = call.body.size();
  run_control({.engine = state_->engine,
               .json = padded_copy(call.body, &scratch.body),
               .reader = scratch.reader,
               .now = state_->engine.clock->now()},
              call, reply);
}

std::string Database::reset() {
  Engine& engine = state_->engine;
  const Result<void> done = stator::reset(&engine, engine.clock->now());
  return done ? "" : done.error().message();
}

void Database::set_gsi_lag(milliseconds lag) {
  change_lags(&state_->engine, [lag](Lags* lags) { lags->gsi = clamped_lag(lag); });
}

bool Database::set_gsi_lag(std::string_view table, std::string_view index,
                           std::optional<milliseconds> lag) {
  Engine& engine = state_->engine;
  IndexLag own{.table = std::string(table), .index = std::string(index), .lag = lag};
  if (lag) own.lag = clamped_lag(*lag);
  const auto changed = engine.lags.change(
      [&](Lags* lags) { return set_index_lag(engine, own, engine.clock->now(), lags); });
  return changed.has_value();
}

void Database::set_read_lag(milliseconds lag) {
  change_lags(&state_->engine, [lag](Lags* lags) { lags->read = clamped_lag(lag); });
}

void Database::set_stream_lag(milliseconds lag) {
  change_lags(&state_->engine, [lag](Lags* lags) { lags->stream = clamped_lag(lag); });
  state_->engine.streams->note_records();
}

void Database::set_capacity_mode(CapacityMode mode) {
  state_->engine.capacity.set_mode(mode);
}

bool Database::set_capacity_mode(std::string_view table, std::optional<CapacityMode> mode) {
  Engine& engine = state_->engine;
  return engine.capacity.set_mode(table, mode, engine.clock->now()).has_value();
}

AddedFault Database::add_fault(const FaultRule& rule) {
  const Result<std::uint64_t> id = state_->engine.faults->add(rule, state_->engine.clock->now());
  if (!id) return {0, id.error().message()};
  return {*id, ""};
}

bool Database::remove_fault(std::uint64_t id) {
  return state_->engine.faults->remove(id);
}

void Database::remove_faults() {
  state_->engine.faults->clear();
}

std::vector<FaultState> Database::faults() const {
  return state_->engine.faults->list();
}

bool Database::may_wait() const {
  return state_->engine.faults->may_wait();
}

std::string_view Database::storage() const {
  return state_->engine.store->name();
}

std::string_view version() {
  return STATOR_VERSION;
}

}  // namespace stator
