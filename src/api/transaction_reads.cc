#include "api/transaction_reads.h"

#include <algorithm>
#include <optional>

#include "api/cancellation.h"
#include "api/fault_effects.h"
#include "base/limits.h"

namespace stator {
namespace {

using Failures = std::vector<std::optional<Error>>;

void note_conflict(const TransactionRead& read, std::optional<Error>* failure) {
  if (*failure) return;
  *failure = conflict_error();
  count_conflict(*read.table);
}

Result<void> read_all(const Engine& engine, std::span<TransactionRead> reads,
                      std::vector<std::string>* stored) {
  const StoreView view = engine.store->view();
  std::size_t bytes = 0;
  stored->assign(reads.size(), {});
  for (std::size_t i = 0; i < reads.size(); ++i) {
    std::size_t size = 0;
    if (TRY(view.get(reads[i].row_key, &(*stored)[i]))) {
      size = TRY(ItemView::parse((*stored)[i])).logical_size();
    }
    reads[i].units = transaction_read_units(size);
    bytes += size;
  }
  if (bytes > kTransactionBytesMax) return transaction_too_large();
  return {};
}

// Of a read that took its time: a write of one of its items goes first.
Result<void> note_changes(const Engine& engine, std::span<const TransactionRead> reads,
                          const std::vector<std::string>& before, Failures* failures) {
  const StoreView view = engine.store->view();
  for (std::size_t i = 0; i < reads.size(); ++i) {
    std::string stored;
    TRY(view.get(reads[i].row_key, &stored));
    if (stored != before[i]) note_conflict(reads[i], &(*failures)[i]);
  }
  return {};
}

Failures injected_failures(FaultEffects* faults, std::span<const TransactionRead> reads) {
  if (faults == nullptr || faults->items.size() != reads.size()) return Failures(reads.size());
  for (std::size_t i = 0; i < reads.size(); ++i) {
    if (faults->has_conflict(i)) count_conflict(*reads[i].table);
  }
  return std::move(faults->items);
}

}  // namespace

Result<void> run_transaction_reads(const Context& context, DataOperation operation,
                                   std::span<TransactionRead> reads,
                                   std::vector<std::string>* stored) {
  Engine& engine = context.engine;
  Failures failures = injected_failures(context.faults, reads);
  for (std::size_t i = 0; i < reads.size(); ++i) {
    if (engine.latches.is_being_written(reads[i].row_key)) note_conflict(reads[i], &failures[i]);
  }
  TRY(read_all(engine, reads, stored));
  if (const Hold* hold = hold_of(context.faults); hold != nullptr) {
    hold->wait();
    TRY(note_changes(engine, reads, *stored, &failures));
  }
  admit_transaction_reads(&engine, reads, context.now, &failures);
  const auto has_failed = [](const std::optional<Error>& failure) { return failure.has_value(); };
  if (std::none_of(failures.begin(), failures.end(), has_failed)) return {};
  std::vector<const Table*> tables;
  for (const TransactionRead& read : reads) tables.push_back(read.table);
  count_cancellation(operation, tables, failures);
  return cancelled(failures);
}

}  // namespace stator
