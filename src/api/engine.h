// What all operations of one database share.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "api/backfills.h"
#include "api/capacity_control.h"
#include "api/expirations.h"
#include "api/json_reader.h"
#include "api/lag_settings.h"
#include "api/request/item_request.h"
#include "api/request_metrics.h"
#include "api/write_plan.h"
#include "base/arena.h"
#include "base/limits.h"
#include "base/random.h"
#include "base/thread_annotations.h"
#include "stator/database.h"
#include "storage/catalog.h"
#include "storage/row_history.h"
#include "storage/row_latches.h"
#include "storage/store.h"
#include "storage/transaction_tokens.h"
#include "streams/stream_store.h"

namespace stator {

class FaultRules;
struct FaultEffects;

// The memory that one request works in; used again by the next. A resource of one thread at a time.
struct Scratch {
  JsonReader reader;
  JsonReader constraint_reader;  // goes through a request again, for its constraints
  Arena arena;
  std::size_t json_bytes = 0;  // of the request that the reader has open
  std::string body;            // a copy of a request that could not be parsed in place
  ItemRequest request;
  std::string row_key;
  std::string stored;    // the item that was read
  WriteOutcome outcome;  // of an operation on one item
  std::string projected;
  RequestNotes notes;

  // Forgets the request; gives back memory that only a very large one needed.
  void reset();
};

// Lends scratch memory. A resource; thread-safe.
class ScratchPool {
 public:
  std::unique_ptr<Scratch> take();
  void give_back(std::unique_ptr<Scratch> scratch);

 private:
  Mutex mu_;
  std::vector<std::unique_ptr<Scratch>> idle_ GUARDED_BY(mu_);
};

// A resource; its members are const, thread-safe themselves or guarded.
struct Engine {
  std::shared_ptr<const Clock> clock;
  std::shared_ptr<ManualClock> manual_clock;  // the same, where it is one that is moved by hand
  TransitionTimes transitions;
  Isolation isolation = Isolation::shared;
  bool as_left = false;  // see DatabaseOptions
  std::int64_t item_collection_bytes_max = kItemCollectionBytesMax;
  std::unique_ptr<Store> store;
  std::unique_ptr<CatalogStore> catalog;  // before store, which it uses to the end
  ShardTimes shard_times;
  std::unique_ptr<StreamStore> streams;       // before the two, which it uses to its end
  std::unique_ptr<TransactionTokens> tokens;  // before store, which it uses
  RowLatches latches;
  std::unique_ptr<RowHistory> history = std::make_unique<RowHistory>();
  LagSettings lags{history.get()};
  CapacityControl capacity;
  std::shared_ptr<FaultRules> faults;  // never null once open; see api/fault_rules.h
  RequestMetrics request_metrics;
  ScratchPool scratches;
  std::chrono::milliseconds expiry_delay{0};  // how long items outlive their expiry
  std::unique_ptr<Backfills> backfills;       // uses the others to its end, so it goes before them
  Mutex random_mu;
  Random random GUARDED_BY(random_mu){0};
  std::unique_ptr<Expirations> expirations;  // uses all the others to its end

  // Opens the store and what stands on it, and goes on with backfills and expiry.
  //   errors  internal
  Result<void> open(StoreOptions options);

 private:
  Result<void> settle_clock();
};

// One request on its way. A value of references that outlive it.
struct Context {
  Engine& engine;
  const Call& call;
  std::string_view json;  // the body, padded for the JSON reader
  Scratch& scratch;
  TimePoint now;                   // asked once, so that one request sees one time
  FaultEffects* faults = nullptr;  // what faults make of it; null: nothing
};

}  // namespace stator
