#include <algorithm>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "api/cancellation.h"
#include "api/fault_effects.h"
#include "api/operations.h"
#include "api/ops/select_run.h"
#include "api/ops/statement_write.h"
#include "api/reply_options.h"
#include "api/request/constraint_check.h"
#include "api/request/statement_request.h"
#include "api/request/statement_rules.h"
#include "api/transaction_reads.h"
#include "base/limits.h"

namespace stator {
namespace {

// The statements of a request on their way, side by side.
struct Transaction {
  std::vector<std::vector<ValueView>> values;
  std::vector<partiql::Statement> statements;
  std::vector<TableAccess> tables;
  std::vector<SelectPlan> selects;  // of a transaction that reads
  std::vector<WritePlan> writes;    // of one that writes
  std::vector<std::optional<Error>> failures;

  bool reads() const { return statements.front().reads(); }
  std::string_view row_key(std::size_t i) const {
    return reads() ? std::string_view(selects[i].reads[0].range.first) : writes[i].row_key;
  }
};

// What is wrong with a statement whatever its table holds.
Error in_statement(std::size_t place, const Error& error) {
  return validation_error("Validation failed in TransactStatements[" + std::to_string(place) +
                          "]: " + error.message());
}

Result<void> check_alone(const partiql::Statement& statement) {
  if (statement.returning != partiql::Returning::none) {
    return validation_error("RETURNING clause is not supported in ExecuteTransaction.");
  }
  if (statement.index) {
    return validation_error("Reads on indices are not supported within transactions.");
  }
  return {};
}

// Of what is written: whole items, and of the other statements the values that go with them. Their
// literals are not counted, of which a transaction has no room for a fifth of the limit.
std::size_t payload_bytes(const Transaction& transaction) {
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < transaction.statements.size(); ++i) {
    const partiql::Statement& statement = transaction.statements[i];
    if (statement.kind == partiql::StatementKind::insert) {
      bytes += ItemView::trusted(statement.item).logical_size();
      continue;
    }
    for (const ValueView value : transaction.values[i]) bytes += logical_bytes(value);
  }
  return bytes;
}

Result<Transaction> parse_all(TransactStatementRequest* request, Arena* arena) {
  Transaction transaction;
  const std::size_t count = request->statements->size();
  for (StatementRequest& each : *request->statements) {
    if (each.parameter_error) return *std::move(each.parameter_error);
    transaction.values.push_back(each.values());
  }
  bool reads = false;
  bool writes = false;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view text = *(*request->statements)[i].statement;
    Result<partiql::Statement> statement =
        partiql::parse_statement(text, transaction.values[i], arena);
    if (!statement) return in_statement(i, statement.error());
    if (const Result<void> alone = check_alone(*statement); !alone) {
      return in_statement(i, alone.error());
    }
    (statement->reads() ? reads : writes) = true;
    transaction.statements.push_back(*std::move(statement));
  }
  if (reads && writes) {
    return validation_error(
        "ExecuteTransaction API does not support both read and write operations in the same "
        "request.");
  }
  if (payload_bytes(transaction) > kTransactionBytesMax) return transaction_too_large();
  return transaction;
}

// A transaction reads items by their whole key and by nothing else.
Result<SelectPlan> plan_item(const Context& context, const TableAccess& table,
                             const partiql::Statement& statement) {
  SelectPlan plan = TRY(plan_select(context, table, statement, true));
  if (plan.is_exact && plan.reads.size() == 1 && plan.reads[0].is_item) return plan;
  return validation_error(
      "Select statements within ExecuteTransaction must specify the primary key in the where "
      "clause.");
}

Result<void> plan_one(const Context& context, const StatementRequest& request, std::size_t i,
                      Transaction* transaction) {
  const partiql::Statement& statement = transaction->statements[i];
  Result<TableAccess> table = find_table(context, statement.table);
  if (!table) {
    transaction->failures[i] = std::move(table).error();
    return {};
  }
  transaction->tables[i] = *table;
  if (statement.reads()) {
    Result<SelectPlan> plan = plan_item(context, *table, statement);
    if (!plan) return in_statement(i, plan.error());
    transaction->selects.push_back(*std::move(plan));
    return {};
  }
  if (statement.kind == partiql::StatementKind::exists &&
      !checks_one_item(table->definition(), statement, &context.scratch.arena)) {
    return in_statement(
        i, validation_error("EXISTS() must contain a single item read with additional condition"));
  }
  Result<WritePlan> plan =
      plan_statement_write(*table, statement, StatementScope::transaction, &context.scratch.arena);
  if (!plan) {
    transaction->failures[i] = std::move(plan).error();
    return {};
  }
  plan->return_item_on_failure = request.return_values_on_failure == "ALL_OLD";
  transaction->writes[i] = *std::move(plan);
  return {};
}

// Everything that can be found out without the items; all offending statements are reported.
Result<void> plan_all(const Context& context, const TransactStatementRequest& request,
                      Transaction* transaction) {
  const std::size_t count = transaction->statements.size();
  transaction->tables.resize(count);
  transaction->failures.resize(count);
  if (!transaction->reads()) transaction->writes.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    TRY(plan_one(context, (*request.statements)[i], i, transaction));
  }
  const auto failed = [](const std::optional<Error>& failure) { return failure.has_value(); };
  if (std::any_of(transaction->failures.begin(), transaction->failures.end(), failed)) {
    return cancelled(transaction->failures);
  }
  std::unordered_set<std::string_view> keys;
  for (std::size_t i = 0; i < count; ++i) {
    if (keys.insert(transaction->row_key(i)).second) continue;
    return transaction_repeats_item();
  }
  return {};
}

// Calls `use(table)` for each table, in the order of the request.
template <typename Use>
void for_each_table(const Transaction& transaction, const Use& use) {
  std::set<const Table*> seen;
  for (const TableAccess& table : transaction.tables) {
    if (seen.insert(table.table).second) use(table);
  }
}

// The member ConsumedCapacity; `units_of(i)` is what a statement took.
template <typename UnitsOf>
void write_capacity(const TransactStatementRequest& request, const Transaction& transaction,
                    UnitsKind kind, const UnitsOf& units_of, JsonWriter* json) {
  const ReturnConsumedCapacity detail = parse_consumed_capacity(request.return_consumed_capacity);
  if (detail == ReturnConsumedCapacity::none) return;
  json->member("ConsumedCapacity");
  json->begin_array();
  for_each_table(transaction, [&](const TableAccess& table) {
    Consumption sum;
    for (std::size_t i = 0; i < transaction.tables.size(); ++i) {
      if (transaction.tables[i].table == table.table) sum.add(units_of(i));
    }
    json->element();
    write_consumed_capacity(detail, table.name, sum, json, kind);
  });
  json->end_array();
}

Result<void> read(const Context& context, const TransactStatementRequest& request,
                  const Transaction& transaction, JsonWriter* json) {
  std::vector<TransactionRead> reads;
  for (std::size_t i = 0; i < transaction.statements.size(); ++i) {
    reads.push_back(
        {.table = transaction.tables[i].table, .row_key = transaction.row_key(i), .units = 0});
  }
  std::vector<std::string> stored;
  TRY(run_transaction_reads(context, DataOperation::execute_transaction, reads, &stored));
  json->begin_object();
  json->member("Responses");
  json->begin_array();
  std::string* const buffer = &context.scratch.projected;
  for (std::size_t i = 0; i < stored.size(); ++i) {
    json->element();
    json->begin_object();
    if (!stored[i].empty()) {
      MapView item = ItemView::trusted(stored[i]).attributes();
      buffer->clear();
      const auto& columns = transaction.statements[i].columns;
      if (columns) item = project(*columns, item, buffer).attributes();
      json->member("Item");
      json->attributes(item);
    }
    json->end_object();
  }
  json->end_array();
  const auto units_of = [&](std::size_t i) { return Consumption{.table = reads[i].units}; };
  write_capacity(request, transaction, UnitsKind::read, units_of, json);
  json->end_object();
  return {};
}

// An INSERT whose item is there is cancelled for a reason of its own.
Error with_duplicates(const Transaction& transaction, Error error) {
  if (error.code() != ErrorCode::transaction_canceled) return error;
  std::vector<CancellationReason> reasons = error.cancellations();
  std::string text =
      "Transaction cancelled, please refer cancellation reasons for specific reasons [";
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    if (transaction.statements[i].kind == partiql::StatementKind::insert &&
        reasons[i].code == "ConditionalCheckFailed") {
      reasons[i].code = "DuplicateItem";
      reasons[i].message = "Duplicate primary key exists in table";
    }
    text += (i == 0 ? "" : ", ") + std::string(reasons[i].code);
  }
  return Error(ErrorCode::transaction_canceled, text + "]").with_cancellations(std::move(reasons));
}

RequestFingerprint fingerprint_of_request(const TransactStatementRequest& request,
                                          const Transaction& transaction) {
  std::string bytes;
  const auto append = [&bytes](std::string_view text) {
    bytes.append(std::to_string(text.size())).append(":").append(text);
  };
  for (std::size_t i = 0; i < transaction.statements.size(); ++i) {
    append(*(*request.statements)[i].statement);
    append(std::to_string(transaction.values[i].size()));
    for (const ValueView value : transaction.values[i]) append(value.bytes());
  }
  return fingerprint_of(std::string_view(bytes));
}

Result<void> write(const Context& context, const TransactStatementRequest& request,
                   const Transaction& transaction, JsonWriter* json) {
  WriteTransaction writes{.operation = DataOperation::execute_transaction,
                          .writes = transaction.writes,
                          .hold = hold_of(context.faults)};
  if (context.faults != nullptr && context.faults->items.size() == transaction.writes.size()) {
    writes.failures = context.faults->items;
  }
  TokenView token{.scope = TokenScope::execute_transaction,
                  .space = space_of(context.call.caller),
                  .text = request.client_request_token.value_or("")};
  if (request.client_request_token) {
    writes.token = &token;
    writes.fingerprint = fingerprint_of_request(request, transaction);
  }
  std::vector<WriteOutcome> outcomes(transaction.writes.size());
  Result<TransactionOutcome> result =
      run_transaction(&context.engine, writes, outcomes, &context.scratch.arena, context.now);
  if (!result) return with_duplicates(transaction, std::move(result).error());
  json->begin_object();
  json->member("Responses");
  json->begin_array();
  for (std::size_t i = 0; i < transaction.writes.size(); ++i) {
    json->element();
    json->begin_object();
    json->end_object();
  }
  json->end_array();
  const auto units_of = [&](std::size_t i) {
    return result->is_replay ? Consumption{.table = result->replay_units[i]}
                             : outcomes[i].effect.units;
  };
  write_capacity(request, transaction, result->is_replay ? UnitsKind::read : UnitsKind::write,
                 units_of, json);
  json->end_object();
  return {};
}

}  // namespace

Result<void> execute_transaction(const Context& context, JsonWriter* json) {
  TransactStatementRequest request =
      TRY(read_transact_statement_request(context.json, &context.scratch.reader));
  if (is_in_doubt(request)) TRY(check_constraints(kExecuteTransactionRules, context));
  Transaction transaction = TRY(parse_all(&request, &context.scratch.arena));
  TRY(plan_all(context, request, &transaction));
  return transaction.reads() ? read(context, request, transaction, json)
                             : write(context, request, transaction, json);
}

}  // namespace stator
