#include "api/engine.h"

#include "api/fault_rules.h"
#include "base/start_thread.h"
#include "storage/kept_clock.h"

namespace stator {
namespace {

// More than most requests need; what exceeds it is not kept for the next one.
constexpr std::size_t kKeptBytes = 1 << 20;
constexpr std::size_t kIdleMax = 32;

void clear_or_release(std::string* buffer) {
  if (buffer->capacity() > kKeptBytes) {
    *buffer = std::string();
  } else {
    buffer->clear();
  }
}

}  // namespace

// One of the places where foreign exceptions end: RocksDB and what an earlier opening left to be
// done want threads.
Result<void> Engine::open(StoreOptions options) try {
  store = TRY(Store::open(std::move(options)));
  TRY(settle_clock());
  catalog = TRY(CatalogStore::open(store.get()));
  streams = TRY(StreamStore::open(store.get(), catalog.get(), shard_times, clock->now()));
  tokens = std::make_unique<TransactionTokens>(store.get());
  faults = std::make_shared<FaultRules>();
  backfills = std::make_unique<Backfills>(store.get(), catalog.get(), &latches);
  expirations = std::make_unique<Expirations>(this);
  TRY(backfills->resume());
  return expirations->resume();
} catch (const std::system_error& failure) {
  return thread_error(failure);
}

// A clock that is moved by hand goes on where it stood.
Result<void> Engine::settle_clock() {
  const std::optional<TimePoint> kept = TRY(kept_clock(*store));
  if (!kept) return {};
  if (manual_clock != nullptr) {
    if (*kept > manual_clock->now()) manual_clock->advance(*kept - manual_clock->now());
  } else if (as_left) {
    clock = std::make_shared<ManualClock>(*kept);
  } else {
    return keep_clock(store.get(), std::nullopt);
  }
  return {};
}

void Scratch::reset() {
  arena.reset();
  if (json_bytes > kKeptBytes) {
    reader.shrink();
    constraint_reader.shrink();
  }
  json_bytes = 0;
  outcome.effect = {};
  notes.clear();
  if (request.item.bytes.capacity() > kKeptBytes || request.value_bytes.capacity() > kKeptBytes) {
    request = ItemRequest();
  } else {
    request.clear();
  }
  for (std::string* buffer : {&body, &row_key, &stored, &outcome.stored, &outcome.updated,
                              &outcome.record_key, &outcome.record, &projected}) {
    clear_or_release(buffer);
  }
}

std::unique_ptr<Scratch> ScratchPool::take() {
  {
    const MutexLock lock(&mu_);
    if (!idle_.empty()) {
      std::unique_ptr<Scratch> scratch = std::move(idle_.back());
      idle_.pop_back();
      return scratch;
    }
  }
  return std::make_unique<Scratch>();
}

void ScratchPool::give_back(std::unique_ptr<Scratch> scratch) {
  scratch->reset();
  const MutexLock lock(&mu_);
  if (idle_.size() < kIdleMax) idle_.push_back(std::move(scratch));
}

}  // namespace stator
