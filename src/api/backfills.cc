#include "api/backfills.h"

#include <algorithm>

#include "base/result.h"
#include "base/thread_priority.h"

namespace stator {
namespace {

// A third of a processor that requests keep busy: they stay fast, and the backfill comes to its
// end.
constexpr int kNiceSteps = 3;

// The position of the index with this keyspace in the newest definition of the table; nothing when
// one of them is gone.
std::optional<std::size_t> position_in(const TableDefinition& table, std::uint32_t keyspace) {
  const auto found =
      std::find_if(table.indexes.begin(), table.indexes.end(),
                   [&](const IndexDefinition& index) { return index.keyspace == keyspace; });
  if (found == table.indexes.end() || found->is_deleted()) return std::nullopt;
  return static_cast<std::size_t>(found - table.indexes.begin());
}

}  // namespace

Backfills::~Backfills() {
  std::thread thread;
  {
    const MutexLock lock(&mu_);
    stopping_ = true;
    thread = std::move(thread_);
    changed_.notify_all();
  }
  if (thread.joinable()) thread.join();
}

Result<void> Backfills::start(std::shared_ptr<const Table> table, std::size_t position) {
  Job job{TRY(IndexBackfill::open(&store_, &latches_, table, position)), table, position};
  if (!catalog_.has_older_readers()) {
    for (std::size_t items = 0; items < kItemsAtOnce; items += IndexBackfill::kItemsPerStep) {
      if (TRY(job.backfill.step()) == IndexBackfill::Progress::more) continue;
      return finish(&job);
    }
  }
  enqueue(std::move(job));
  return {};
}

Result<void> Backfills::resume() {
  const CatalogSnapshot catalog = catalog_.snapshot();
  for (const auto& [name, table] : catalog->tables()) {
    for (std::size_t i = 0; i < table->definition.indexes.size(); ++i) {
      const IndexDefinition& index = table->definition.indexes[i];
      if (index.built || index.is_deleted()) continue;
      enqueue({TRY(IndexBackfill::open(&store_, &latches_, table, i)), table, i});
    }
  }
  return {};
}

void Backfills::enqueue(Job job) {
  const MutexLock lock(&mu_);
  jobs_.push_back(std::move(job));
  if (!thread_.joinable()) thread_ = std::thread([this] { run_thread(); });
  changed_.notify_all();
}

void Backfills::run_thread() {
  lower_thread_priority(kNiceSteps);
  while (std::optional<Job> job = next_job()) run(&*job);
}

std::optional<Backfills::Job> Backfills::next_job() {
  const MutexLock lock(&mu_);
  while (jobs_.empty() && !stopping_) changed_.wait(mu_);
  if (stopping_) return std::nullopt;
  std::optional<Job> job(std::move(jobs_.front()));
  jobs_.pop_front();
  return job;
}

// A write that fails ends the backfill until the next open: the store takes no more writes anyway.
void Backfills::run(Job* job) {
  catalog_.wait_for_older_readers();
  while (!is_stopping() && is_wanted(*job)) {
    const Result<IndexBackfill::Progress> step = job->backfill.step();
    if (!step) return;
    if (*step == IndexBackfill::Progress::more) continue;
    if (const Result<void> finished = finish(job); !finished) return;
    return;
  }
  if (is_wanted(*job)) return;
  // The index was deleted meanwhile, and its rows with it, but for those of the last step.
  if (!job->backfill.forget()) return;
  const std::uint32_t keyspace = job->table->definition.indexes[job->position].keyspace;
  if (!catalog_.erase_rows(keyspace)) return;
}

bool Backfills::is_wanted(const Job& job) const {
  const CatalogSnapshot catalog = catalog_.snapshot();
  const Table* const table = catalog->find_same(job.table->definition);
  if (table == nullptr || table->definition.transition.status == TableStatus::deleting) {
    return false;
  }
  const std::uint32_t keyspace = job.table->definition.indexes[job.position].keyspace;
  return position_in(table->definition, keyspace).has_value();
}

bool Backfills::is_stopping() {
  const MutexLock lock(&mu_);
  return stopping_;
}

Result<void> Backfills::finish(Job* job) {
  const std::uint32_t keyspace = job->table->definition.indexes[job->position].keyspace;
  const Result<std::shared_ptr<const Table>> published =
      catalog_.put([&](const Catalog& catalog) -> Result<TableDefinition> {
        const Table* const table = catalog.find_same(job->table->definition);
        const auto position =
            table != nullptr ? position_in(table->definition, keyspace) : std::nullopt;
        if (!position) return Error(ErrorCode::resource_not_found, "the index is gone");
        TableDefinition built = table->definition;
        built.indexes[*position].built = true;
        return built;
      });
  if (!published && published.error().code() == ErrorCode::internal)
    return Error(ErrorCode::internal, published.error().message());
  return job->backfill.forget();
}

}  // namespace stator
