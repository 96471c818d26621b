#include "api/expirations.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "api/engine.h"
#include "api/run_write.h"
#include "base/thread_priority.h"
#include "storage/expiry_row.h"

namespace stator {
namespace {

// Requests come first, as before backfills.
constexpr int kNiceSteps = 3;

// How often the thread looks for what has expired: "within a second" leaves time for the deletion.
constexpr std::chrono::milliseconds kSweepInterval(250);

// How much longer a sweep works than it rests: a million items take less than half a minute, and
// reads keep more than half of their rate (bench/load/expiry.py).
constexpr int kWorkToRest = 4;

// Of one rest: the end of the database may have to wait for it.
constexpr std::chrono::milliseconds kRestMax(20);

// Items of one commit.
constexpr std::size_t kItemsPerBatch = 128;

// AWS does not delete what expired longer ago: such a time is rather one in another unit.
constexpr std::chrono::days kAgeMax(5 * 365);

// Null as well of a table that is being deleted: its rows go with it.
const Table* undeleted(const Table* table) {
  const bool is_deleted =
      table != nullptr && table->definition.transition.status == TableStatus::deleting;
  return is_deleted ? nullptr : table;
}

const Table* find_same(const Catalog& catalog, const TableDefinition& table) {
  return undeleted(catalog.find_same(table));
}

// Lets requests have the processor to themselves. Nobody waits for a sweep on the machine's clock,
// nor for what it holds.
void rest_after(std::chrono::steady_clock::duration work) {
  std::this_thread::sleep_for(
      std::min<std::chrono::steady_clock::duration>(work / kWorkToRest, kRestMax));
}

// Whether the table keeps the same expiry rows.
bool has_rows_of(const Table* table, const TableDefinition& before) {
  return table != nullptr && table->definition.has_expiry_rows() &&
         table->definition.time_to_live->keyspace == before.time_to_live->keyspace;
}

}  // namespace

Expirations::Expirations(Engine* engine)
    : engine_(*engine),
      is_manual_(engine->manual_clock != nullptr),
      caught_up_(engine->clock->now()) {}

Expirations::~Expirations() {
  std::thread thread;
  {
    const MutexLock lock(&mu_);
    stopping_ = true;
    thread = std::move(thread_);
    changed_.notify_all();
  }
  if (thread.joinable()) thread.join();
}

Result<void> Expirations::resume() {
  const CatalogSnapshot catalog = engine_.catalog->snapshot();
  for (const auto& [name, table] : catalog->tables()) {
    const TableDefinition& definition = table->definition;
    if (!definition.has_expiry_rows() || definition.transition.status == TableStatus::deleting) {
      continue;
    }
    any_ = true;
    if (definition.time_to_live->built) {
      if (!is_manual_) enqueue(std::nullopt);
      continue;
    }
    enqueue(TRY(ExpiryBuild::open(engine_.store.get(), &engine_.latches, table)));
  }
  if (is_manual_) catch_up(engine_.clock->now());
  return {};
}

Result<void> Expirations::start(std::shared_ptr<const Table> table) {
  const TableDefinition& definition = table->definition;
  if (!definition.has_expiry_rows()) return {};
  if (!any_.exchange(true)) caught_up_ = engine_.clock->now();
  if (definition.time_to_live->is_over(engine_.clock->now())) return drop_rows(definition);
  if (!is_manual_) enqueue(std::nullopt);
  if (definition.time_to_live->built) return {};
  ExpiryBuild build = TRY(ExpiryBuild::open(engine_.store.get(), &engine_.latches, table));
  table.reset();
  if (!engine_.catalog->has_older_readers()) {
    for (std::size_t items = 0; items < kItemsAtOnce; items += ExpiryBuild::kItemsPerStep) {
      if (TRY(build.step()) == ExpiryBuild::Progress::more) continue;
      return finish(&build);
    }
  }
  enqueue(std::move(build));
  return {};
}

// ---- The thread ----

void Expirations::enqueue(std::optional<ExpiryBuild> build) {
  const MutexLock lock(&mu_);
  if (build) builds_.push_back(*std::move(build));
  if (!thread_.joinable()) thread_ = std::thread([this] { run_thread(); });
  changed_.notify_all();
}

void Expirations::run_thread() {
  lower_thread_priority(kNiceSteps);
  while (wait_for_work()) {
    while (std::optional<ExpiryBuild> build = next_build()) run_build(&*build);
    if (!is_manual_) catch_up(engine_.clock->now());
  }
}

// Until there is a build or, on the machine's clock, it is time to look; false at the end.
bool Expirations::wait_for_work() {
  const MutexLock lock(&mu_);
  if (!is_stopping() && builds_.empty()) {
    if (is_manual_) {
      changed_.wait(mu_);
    } else {
      changed_.wait_for(mu_, kSweepInterval);
    }
  }
  return !is_stopping();
}

std::optional<ExpiryBuild> Expirations::next_build() {
  const MutexLock lock(&mu_);
  if (builds_.empty() || is_stopping()) return std::nullopt;
  std::optional<ExpiryBuild> build(std::move(builds_.front()));
  builds_.pop_front();
  return build;
}

// ---- The rows of a table that was given a time to live ----

// A write that fails ends the build until the next open: the store takes no more writes anyway.
void Expirations::run_build(ExpiryBuild* build) {
  engine_.catalog->wait_for_older_readers();
  while (!is_stopping() && is_wanted(*build)) {
    const Result<ExpiryBuild::Progress> step = build->step();
    if (!step) return;
    if (*step == ExpiryBuild::Progress::more) continue;
    if (const Result<void> finished = finish(build); !finished) return;
    return;
  }
  if (is_wanted(*build)) return;
  // It was disabled meanwhile, and its rows dropped, but for those of the last step.
  if (!build->forget()) return;
  const std::uint32_t keyspace = build->table().definition.time_to_live->keyspace;
  if (!engine_.catalog->erase_rows(keyspace)) return;
}

bool Expirations::is_wanted(const ExpiryBuild& build) const {
  const TableDefinition& definition = build.table().definition;
  return has_rows_of(find_same(*engine_.catalog->snapshot(), definition), definition);
}

Result<void> Expirations::finish(ExpiryBuild* build) {
  const TableDefinition& before = build->table().definition;
  const Result<std::shared_ptr<const Table>> published =
      engine_.catalog->put([&](const Catalog& catalog) -> Result<TableDefinition> {
        const Table* const table = find_same(catalog, before);
        if (!has_rows_of(table, before)) {
          return Error(ErrorCode::resource_not_found, "the rows are not wanted any more");
        }
        TableDefinition built = table->definition;
        built.time_to_live->built = true;
        return built;
      });
  if (!published && published.error().code() == ErrorCode::internal) {
    return Error(ErrorCode::internal, published.error().message());
  }
  // Nothing of what was put meanwhile was noted in order.
  build->table().expiry->note_row(TimePoint::min());
  return build->forget();
}

// Writers that know the older definition may still put some; the next open erases them.
Result<void> Expirations::drop_rows(const TableDefinition& definition) {
  const std::uint32_t keyspace = definition.time_to_live->keyspace;
  const Result<std::shared_ptr<const Table>> published =
      engine_.catalog->put([&](const Catalog& catalog) -> Result<TableDefinition> {
        const Table* const table = find_same(catalog, definition);
        if (!has_rows_of(table, definition) || table->definition.time_to_live->enabled) {
          return Error(ErrorCode::resource_not_found, "the rows are gone, or wanted again");
        }
        TableDefinition without = table->definition;
        without.time_to_live->keyspace = 0;
        without.time_to_live->built = false;
        return without;
      });
  if (published) return engine_.catalog->erase_rows(keyspace);
  if (published.error().code() != ErrorCode::internal) return {};
  return Error(ErrorCode::internal, published.error().message());
}

// ---- Deletion ----

void Expirations::catch_up(TimePoint now) {
  const MutexLock lock(&sweep_mu_);
  if (now < caught_up_.load() || !any_.load()) return;
  std::vector<std::shared_ptr<const Table>> tables;
  {
    const CatalogSnapshot catalog = engine_.catalog->snapshot();
    for (const auto& [name, table] : catalog->tables()) {
      if (table->definition.has_expiry_rows()) tables.push_back(table);
    }
  }
  for (const std::shared_ptr<const Table>& table : tables) {
    if (is_stopping()) return;
    // The store takes no more writes; what has expired stays until the next open.
    if (!sweep(*table, now)) return;
  }
  caught_up_ = now;
}

Result<void> Expirations::sweep(const Table& table, TimePoint now) {
  const TableDefinition& definition = table.definition;
  if (definition.transition.status == TableStatus::deleting) return {};
  const TimeToLive& time_to_live = *definition.time_to_live;
  if (time_to_live.is_over(now)) return drop_rows(definition);
  if (!time_to_live.deletes_at(now)) {
    table.expiry->note_row(TimePoint::min());
    return {};
  }
  const TimePoint last = caught_up_.load();
  const TimePoint end = now - engine_.expiry_delay;
  const TimePoint oldest = last - engine_.expiry_delay - kAgeMax;
  // Before the end of the last sweep there is only what was put since.
  const TimePoint put = table.expiry->earliest.exchange(TimePoint::max());
  const TimePoint first = std::max(oldest, std::min(put, last - engine_.expiry_delay));
  if (first >= end) return {};
  Batch batch{
      .table = {definition.space, definition.name, definition.keyspace},
      .window = {.first = oldest, .end = end},
      .at = expiry_start(time_to_live.keyspace, first),
  };
  while (true) {
    const auto began = std::chrono::steady_clock::now();
    Result<bool> more = delete_batch(&batch);
    if (!more || (*more && is_stopping())) table.expiry->note_row(put);
    if (!more) return std::move(more).error();
    if (!*more || is_stopping()) return {};
    if (!is_manual_) rest_after(std::chrono::steady_clock::now() - began);
  }
}

// Each batch looks at the table anew, so that nobody has to wait for an old definition for long.
Result<bool> Expirations::delete_batch(Batch* batch) {
  const CatalogSnapshot catalog = engine_.catalog->snapshot();
  const TableName& name = batch->table;
  const Table* const table = undeleted(catalog->find_same(name.space, name.name, name.keyspace));
  if (table == nullptr || !table->definition.has_expiry_rows()) return false;
  const std::uint32_t keyspace = table->definition.time_to_live->keyspace;
  std::vector<std::string> row_keys;
  RowCursor rows =
      engine_.store->scan({.first = batch->at, .end = expiry_start(keyspace, batch->window.end)});
  for (; rows.valid() && row_keys.size() < kItemsPerBatch; rows.next()) {
    const auto row = parse_expiry_key(rows.key());
    if (row) row_keys.push_back(row_key_of(*row, name.keyspace));
    batch->at.assign(rows.key()).push_back('\0');
  }
  TRY(rows.finished());
  if (row_keys.empty()) return false;
  TRY(run_deletions(*table, row_keys, batch->window));
  return true;
}

Result<void> Expirations::run_deletions(const Table& table, std::span<const std::string> row_keys,
                                        const ExpiryWindow& window) {
  std::vector<WritePlan> plans;
  std::vector<std::string> items(row_keys.size());
  Arena arena;
  const bool has_collections = table.definition.has_local_indexes();
  plans.reserve(row_keys.size());
  for (std::size_t i = 0; i < row_keys.size(); ++i) {
    // Of the item a plan needs its key for its collection, and nothing where none is counted.
    if (has_collections && !TRY(engine_.store->get(row_keys[i], &items[i]))) continue;
    WritePlan& plan = plans.emplace_back();
    plan.kind = WriteKind::remove;
    plan.table = &table;
    plan.row_key = row_keys[i];
    if (has_collections) plan.item = TRY(ItemView::parse(items[i]));
    plan.actor = ChangeActor::service;
    plan.expired_within = window;
  }
  std::vector<WriteOutcome> outcomes(plans.size());
  TRY(run_write(&engine_, plans, outcomes, &arena, engine_.clock->now(), OnThrottle::leave_out));
  for (const WriteOutcome& outcome : outcomes) {
    // A transaction writes the item just now: the next sweep begins before it.
    if (outcome.is_refused) table.expiry->note_row(TimePoint::min());
    if (outcome.effect.writes) table.expiry->deleted.fetch_add(1, std::memory_order_relaxed);
  }
  return {};
}

}  // namespace stator
