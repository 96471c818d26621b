#include <limits>

#include "api/commit_writes.h"
#include "api/fault_effects.h"
#include "api/operations.h"
#include "api/ops/select_run.h"
#include "api/ops/statement_write.h"
#include "api/reply_options.h"
#include "api/request/constraint_check.h"
#include "api/request/statement_request.h"
#include "api/request/statement_rules.h"
#include "api/run_write.h"

namespace stator {
namespace {

// Of all that a token must not be used with anything else for.
std::uint64_t fingerprint_of_request(const StatementRequest& request, const TableAccess& table) {
  std::string text(*request.statement);
  for (const ValueView value : request.values()) text.append(1, '\0').append(value.bytes());
  text.append(1, '\0').append(std::to_string(table.definition().keyspace));
  return statement_fingerprint(text);
}

Result<NextToken> start_of(const StatementRequest& request, const TableAccess& table) {
  if (!request.next_token) return NextToken();
  NextToken token = TRY(decode_next_token(*request.next_token));
  if (token.fingerprint == fingerprint_of_request(request, table)) return token;
  return validation_error("NextToken does not match request");
}

void write_consumed(const StatementRequest& request, const TableAccess& table,
                    const Consumption& units, JsonWriter* json) {
  write_consumed_capacity_member(parse_consumed_capacity(request.return_consumed_capacity),
                                 table.name, units, json);
}

Result<void> select(const Context& context, const StatementRequest& request,
                    const TableAccess& table, const partiql::Statement& statement,
                    JsonWriter* json) {
  const SelectPlan plan = TRY(plan_select(context, table, statement, request.consistent_read));
  const NextToken start = TRY(start_of(request, table));
  const std::uint64_t limit = request.limit ? static_cast<std::uint64_t>(*request.limit)
                                            : std::numeric_limits<std::uint64_t>::max();
  json->begin_object();
  json->member("Items");
  json->begin_array();
  SelectPage page = TRY(run_select(context, plan, start, limit, json));
  json->end_array();
  context.scratch.notes.returned_items += page.count;
  if (page.next) {
    page.next->fingerprint = fingerprint_of_request(request, table);
    json->member("NextToken", encode_next_token(*page.next));
    if (!page.next->last_key.empty()) {
      json->member("LastEvaluatedKey");
      json->attributes(ItemView::trusted(page.next->last_key).attributes());
    }
  }
  write_consumed(request, table, page.units, json);
  json->end_object();
  return {};
}

Result<void> write(const Context& context, const StatementRequest& request,
                   const TableAccess& table, const partiql::Statement& statement,
                   JsonWriter* json) {
  TRY(start_of(request, table));  // no token is one of a statement that writes
  Scratch& scratch = context.scratch;
  WritePlan plan =
      TRY(plan_statement_write(table, statement, StatementScope::single, &scratch.arena));
  plan.return_item_on_failure = request.return_values_on_failure == "ALL_OLD";
  WriteOutcome* const outcome = &scratch.outcome;
  if (context.faults != nullptr && context.faults->error) {
    return fail_condition(context.engine, plan, outcome, *std::move(context.faults->error));
  }
  Result<void> result = run_write(&context.engine, {&plan, 1}, {outcome, 1}, &scratch.arena,
                                  context.now, OnThrottle::fail, hold_of(context.faults));
  if (!result) return statement_error(statement, std::move(result).error());
  json->begin_object();
  json->member("Items");
  json->begin_array();
  if (const auto item = returned_item(statement, outcome->effect, &scratch)) {
    json->element();
    json->attributes(item->attributes());
  }
  json->end_array();
  write_consumed(request, table, outcome->effect.units, json);
  json->end_object();
  return {};
}

}  // namespace

Result<void> execute_statement(const Context& context, JsonWriter* json) {
  StatementRequest request = TRY(read_statement_request(context.json, &context.scratch.reader));
  if (is_in_doubt(request)) TRY(check_constraints(kExecuteStatementRules, context));
  if (request.parameter_error) return *std::move(request.parameter_error);
  const std::vector<ValueView> values = request.values();
  const partiql::Statement statement =
      TRY(partiql::parse_statement(*request.statement, values, &context.scratch.arena));
  if (statement.kind == partiql::StatementKind::exists) {
    return validation_error("EXISTS can only be used in ExecuteTransaction write requests.");
  }
  const TableAccess table = TRY(find_table(context, statement.table));
  return statement.reads() ? select(context, request, table, statement, json)
                           : write(context, request, table, statement, json);
}

}  // namespace stator
