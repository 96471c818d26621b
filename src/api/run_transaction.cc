#include "api/run_transaction.h"

#include <algorithm>

#include "api/cancellation.h"
#include "api/collection_sizes.h"
#include "api/commit_writes.h"
#include "api/write_admission.h"
#include "capacity/units.h"
#include "streams/stream_store.h"

namespace stator {
namespace {

// AWS prepares and commits each item: twice the units of a single operation.
constexpr double kPhases = 2;

using Failures = std::vector<std::optional<Error>>;

bool has_failed(const Failures& failures) {
  return std::any_of(failures.begin(), failures.end(),
                     [](const std::optional<Error>& failure) { return failure.has_value(); });
}

// Notes why an action fails, unless it failed before. Throttles go before conditions, as in single
// writes.
void note(Error error, std::optional<Error>* failure) {
  if (!*failure || (*failure)->code() == ErrorCode::conditional_check_failed) {
    *failure = std::move(error);
  }
}

// A transaction on its way.
class TransactionRun {
 public:
  TransactionRun(Engine* engine, const WriteTransaction& transaction,
                 std::span<WriteOutcome> outcomes, Arena* arena, TimePoint now)
      : engine_(*engine),
        transaction_(transaction),
        plans_(transaction.writes),
        outcomes_(outcomes),
        arena_(arena),
        admission_(engine, now),
        failures_(transaction.writes.size()) {}

  Result<void> run() {
    Result<void> result = run_latched();
    admission_.finish();
    return result;
  }

 private:
  Result<void> run_latched() {
    const std::vector<std::string_view> collections = collection_keys(plans_, arena_);
    std::vector<std::string_view> refused;
    const RowLatches::Held rows =
        engine_.latches.lock_beside_transactions(row_keys(plans_), LatchUse::transaction, &refused);
    note_conflicts(refused);
    TRY(decide_all());
    if (transaction_.hold != nullptr && !has_failed(failures_)) transaction_.hold->wait();
    const RowLatches::Held latched = latch_collections(&engine_, collections);
    admit();
    CollectionSizes sizes(*engine_.store, engine_.item_collection_bytes_max);
    TRY(change_sizes(collections, &sizes));
    if (has_failed(failures_)) return cancel();
    return commit(&sizes);
  }

  Error cancel() {
    std::vector<const Table*> tables;
    for (const WritePlan& plan : plans_) tables.push_back(plan.table);
    count_cancellation(transaction_.operation, tables, failures_);
    return cancelled(failures_);
  }

  void note_conflicts(const std::vector<std::string_view>& refused) {
    for (std::size_t i = 0; i < plans_.size(); ++i) {
      if (!transaction_.failures.empty() && transaction_.failures[i]) {
        failures_[i] = std::move(transaction_.failures[i]);
      } else if (std::find(refused.begin(), refused.end(), plans_[i].row_key) != refused.end()) {
        failures_[i] = conflict_error();
      }
      if (failures_[i] && failures_[i]->code() == ErrorCode::transaction_conflict) {
        count_conflict(*plans_[i].table);
      }
    }
  }

  // An action that fails leaves an effect without rows, whose units are those of the attempt.
  Result<void> decide_all() {
    for (std::size_t i = 0; i < plans_.size(); ++i) {
      outcomes_[i].effect = {};
      if (failures_[i]) {
        TRY(add_item(plans_[i], &outcomes_[i], &*failures_[i]));
        continue;
      }
      TRY(decide(plans_[i], &outcomes_[i], &failures_[i]));
      outcomes_[i].effect.units.table *= kPhases;
    }
    return {};
  }

  // To the failure of a condition that a fault wants.
  Result<void> add_item(const WritePlan& plan, WriteOutcome* outcome, Error* failure) const {
    if (failure->code() != ErrorCode::conditional_check_failed) return {};
    Error with_item = fail_condition(engine_, plan, outcome, std::move(*failure)).error();
    if (with_item.code() != ErrorCode::conditional_check_failed) return with_item;
    *failure = std::move(with_item);
    return {};
  }

  Result<void> decide(const WritePlan& plan, WriteOutcome* outcome, std::optional<Error>* failure) {
    const std::optional<ItemView> stored = TRY(read_stored(engine_, plan, outcome));
    Result<WriteEffect> effect = decide_write(plan, stored, &outcome->updated, arena_);
    if (effect) {
      outcome->effect = *std::move(effect);
      return look_for_entries(engine_, plan.table->definition, &outcome->effect.indexes);
    }
    if (!is_cancellation(effect.error().code())) return std::move(effect).error();
    outcome->effect.units.table = failed_write_units(plan, stored, &outcome->updated);
    *failure = std::move(effect).error();
    return {};
  }

  void admit() {
    const std::vector<ThrottledArms> throttled = admission_.admit_all(plans_, outcomes_);
    for (std::size_t i = 0; i < throttled.size(); ++i) {
      if (!throttled[i].empty()) note(throttle_error(throttled[i]), &failures_[i]);
    }
  }

  Result<void> change_sizes(std::span<const std::string_view> collections, CollectionSizes* sizes) {
    for (std::size_t i = 0; i < plans_.size(); ++i) {
      if (collections[i].empty() || failures_[i]) continue;
      const std::int64_t bytes = collection_bytes(outcomes_[i].effect, plans_[i].table->definition);
      Result<std::int64_t> size = sizes->change(collections[i], bytes);
      if (size) {
        outcomes_[i].collection_bytes = *size;
      } else if (is_cancellation(size.error().code())) {
        failures_[i] = std::move(size).error();
      } else {
        return std::move(size).error();
      }
    }
    return {};
  }

  Result<void> commit(CollectionSizes* sizes) {
    if (transaction_.token == nullptr) return commit_writes(&engine_, plans_, outcomes_, sizes);
    TokenRecord record{.completed = engine_.clock->now(),
                       .fingerprint = transaction_.fingerprint,
                       .item_bytes = {}};
    for (const WriteOutcome& outcome : outcomes_) record.item_bytes.push_back(bytes_of(outcome));
    const std::string key = token_row_key(*transaction_.token, record.completed);
    const std::string value = encode_token_record(record);
    const RowWrite row{.key = key, .value = value};
    return commit_writes(&engine_, plans_, outcomes_, sizes, {&row, 1});
  }

  static std::uint32_t bytes_of(const WriteOutcome& outcome) {
    const auto size = [](const std::optional<ItemView>& item) {
      return item ? item->logical_size() : 0;
    };
    return static_cast<std::uint32_t>(
        std::max(size(outcome.effect.before), size(outcome.effect.after)));
  }

  Engine& engine_;
  const WriteTransaction& transaction_;
  const std::span<const WritePlan> plans_;
  const std::span<WriteOutcome> outcomes_;
  Arena* const arena_;
  WriteAdmission admission_;
  Failures failures_;
};

// A transaction that has run is paid for as if its items were read.
Result<TransactionOutcome> replay(Engine* engine, const WriteTransaction& transaction,
                                  const TokenRecord& record, TimePoint now) {
  if (record.fingerprint != transaction.fingerprint ||
      record.item_bytes.size() != transaction.writes.size()) {
    return Error(ErrorCode::idempotent_parameter_mismatch, "");
  }
  TransactionOutcome outcome{.is_replay = true, .replay_units = {}};
  std::vector<TransactionRead> reads;
  for (std::size_t i = 0; i < record.item_bytes.size(); ++i) {
    outcome.replay_units.push_back(transaction_read_units(record.item_bytes[i]));
    reads.push_back({.table = transaction.writes[i].table,
                     .row_key = transaction.writes[i].row_key,
                     .units = outcome.replay_units.back()});
  }
  Failures failures(reads.size());
  admit_transaction_reads(engine, reads, now, &failures);
  if (!has_failed(failures)) return outcome;
  std::vector<const Table*> tables;
  for (const TransactionRead& read : reads) tables.push_back(read.table);
  count_cancellation(transaction.operation, tables, failures);
  return cancelled(failures);
}

}  // namespace

Result<TransactionOutcome> run_transaction(Engine* engine, const WriteTransaction& transaction,
                                           std::span<WriteOutcome> outcomes, Arena* arena,
                                           TimePoint now) {
  engine->streams->catch_up_if_due(now);
  TransactionRun run(engine, transaction, outcomes, arena, now);
  if (transaction.token == nullptr) {
    TRY(run.run());
    return TransactionOutcome();
  }
  TRY(engine->tokens->forget_expired(now));
  const std::string token = token_latch_key(*transaction.token);
  std::vector<std::string_view> running;
  const RowLatches::Held latched =
      engine->latches.lock_beside_transactions({token}, LatchUse::transaction, &running);
  if (!running.empty()) {
    return Error(ErrorCode::transaction_in_progress,
                 "Transaction from previous request is still in progress");
  }
  // Asked again: the same transaction may have ended since this request began.
  const TimePoint later = engine->clock->now();
  const std::optional<TokenRecord> known = TRY(engine->tokens->find(*transaction.token, later));
  if (known) return replay(engine, transaction, *known, now);
  TRY(run.run());
  return TransactionOutcome();
}

void admit_transaction_reads(Engine* engine, std::span<const TransactionRead> reads, TimePoint now,
                             std::vector<std::optional<Error>>* failures) {
  for (std::size_t i = 0; i < reads.size(); ++i) {
    const TableDefinition& table = reads[i].table->definition;
    const CapacityMeter capacity = engine->capacity.meter(table, now);
    if (!capacity.is_on()) continue;
    const CapacityUse use{.place = place_of_row(table.key, reads[i].row_key),
                          .units = reads[i].units};
    const ThrottledArms throttled = capacity.take_read(use, now);
    if (!throttled.empty()) note(throttle_error(throttled), &(*failures)[i]);
    capacity.apply_growth(now);
  }
}

double transaction_read_units(std::size_t item_bytes) {
  return kPhases * read_units(item_bytes, Consistency::strong);
}

}  // namespace stator
