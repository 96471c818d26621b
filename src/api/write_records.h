// The change records of one batch of writes.
#pragma once

#include <vector>

#include "api/engine.h"
#include "api/write_plan.h"
#include "storage/store.h"
#include "streams/live_stream.h"

namespace stator {

// Made when the rows of a batch are latched and decided, and kept until it is committed or given
// up: only then may readers go past the numbers that it took. A resource of one thread.
class BatchRecords {
 public:
  explicit BatchRecords(const Engine& engine);
  BatchRecords(const BatchRecords&) = delete;
  BatchRecords& operator=(const BatchRecords&) = delete;
  ~BatchRecords();

  // Appends the record of a write to the rows of the batch: none in a table without a stream, and
  // none for a write that changed nothing.
  //   outcome  holds the bytes of the row; nothing moves it before the commit
  void add(const WritePlan& plan, WriteOutcome* outcome, std::vector<RowWrite>* rows);

 private:
  const StreamStore& streams_;
  TimePoint time_{};
  std::vector<StreamsSnapshot> used_;  // whose tails the places belong to
  std::vector<TakenPlace> places_;
};

}  // namespace stator
