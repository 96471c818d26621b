#include <algorithm>
#include <unordered_set>
#include <vector>

#include "api/batch_statement_codes.h"
#include "api/cancellation.h"
#include "api/fault_effects.h"
#include "api/operations.h"
#include "api/ops/select_run.h"
#include "api/ops/statement_write.h"
#include "api/reply_options.h"
#include "api/request/constraint_check.h"
#include "api/request/statement_request.h"
#include "api/request/statement_rules.h"
#include "api/run_write.h"
#include "api/throttle_errors.h"
#include "model/request_counters.h"

namespace stator {
namespace {

// One statement on its way.
struct BatchMember {
  std::vector<ValueView> values;
  std::optional<Error> error;  // why it will not run, or did not
  std::optional<Error> fault;  // what it will meet when it runs
  std::optional<partiql::Statement> statement;
  TableAccess table;
  std::optional<SelectPlan> select;
  std::optional<WritePlan> write;

  bool will_run() const { return !error && !fault; }
  std::string_view row_key() const { return write ? write->row_key : select->reads[0].range.first; }
};

// What a table's members consumed, in the order in which the tables came. A table none of whose
// members ran is not told of.
struct TableUnits {
  const TableAccess* table;
  Consumption units;
  bool any_ran = false;
};

Result<partiql::Statement> parse(StatementRequest* request, BatchMember* member, Arena* arena) {
  if (request->parameter_error) return *std::move(request->parameter_error);
  member->values = request->values();
  partiql::Statement statement =
      TRY(partiql::parse_statement(*request->statement, member->values, arena));
  if (statement.kind == partiql::StatementKind::exists) {
    return validation_error("EXISTS can only be used in ExecuteTransaction write requests.");
  }
  return statement;
}

Result<void> check_kinds(const std::vector<BatchMember>& members) {
  bool reads = false;
  bool writes = false;
  for (const BatchMember& member : members) {
    if (!member.statement) continue;
    (member.statement->reads() ? reads : writes) = true;
  }
  if (!reads || !writes) return {};
  return validation_error("Read and write requests together in the same batch is not supported.");
}

// A batch reads items by their whole key and by nothing else.
Result<void> plan_item_select(const Context& context, const StatementRequest& request,
                              BatchMember* member) {
  SelectPlan plan =
      TRY(plan_select(context, member->table, *member->statement, request.consistent_read));
  if (plan.is_exact && plan.reads.size() == 1 && plan.reads[0].is_item) {
    member->select.emplace(std::move(plan));
    return {};
  }
  return validation_error(
      "Select statements within BatchExecuteStatement must specify the primary key in the where "
      "clause.");
}

Result<void> plan(const Context& context, const StatementRequest& request, BatchMember* member) {
  member->table = TRY(find_table(context, member->statement->table));
  if (member->statement->reads()) return plan_item_select(context, request, member);
  member->write = TRY(plan_statement_write(member->table, *member->statement,
                                           StatementScope::single, &context.scratch.arena));
  return {};
}

// No two statements are about one item, reads neither.
Result<void> check_apart(const std::vector<BatchMember>& members) {
  std::unordered_set<std::string_view> keys;
  for (const BatchMember& member : members) {
    if (member.error || keys.insert(member.row_key()).second) continue;
    return validation_error("Provided list of item keys contains duplicates");
  }
  return {};
}

Result<std::vector<BatchMember>> plan_all(const Context& context, BatchStatementRequest* request) {
  std::vector<BatchMember> members(request->statements->size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    Result<partiql::Statement> parsed =
        parse(&(*request->statements)[i], &members[i], &context.scratch.arena);
    if (parsed) {
      members[i].statement = *std::move(parsed);
    } else {
      members[i].error = std::move(parsed).error();
    }
  }
  TRY(check_kinds(members));
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (members[i].error) continue;
    Result<void> planned = plan(context, (*request->statements)[i], &members[i]);
    if (!planned) members[i].error = std::move(planned).error();
  }
  TRY(check_apart(members));
  return members;
}

// What faults want, for members that nothing else is wrong with.
void add_faults(FaultEffects* faults, std::vector<BatchMember>* members) {
  for (std::size_t i = 0; i < members->size(); ++i) {
    BatchMember& member = (*members)[i];
    if (member.error || !faults->has_error(i)) continue;
    const ErrorCode code = faults->items[i]->code();
    const bool runs = code != ErrorCode::resource_not_found && code != ErrorCode::access_denied;
    (runs ? member.fault : member.error) = std::move(faults->items[i]);
    if (code == ErrorCode::transaction_conflict) count_conflict(*member.table.table);
  }
}

void write_item(const MapView& item, JsonWriter* json) {
  json->member("Item");
  json->attributes(item);
}

Result<void> run_member_select(const Context& context, const SelectPlan& plan, Consumption* units,
                               JsonWriter* json) {
  const auto item = TRY(run_item_select(context, plan, plan.reads[0], units));
  if (!item) return {};
  if (!plan.page.projection) {
    write_item(item->attributes(), json);
    return {};
  }
  std::string* const buffer = &context.scratch.projected;
  buffer->clear();
  write_item(project(*plan.page.projection, item->attributes(), buffer).attributes(), json);
  return {};
}

Result<void> run(const Context& context, BatchMember* member, const Hold* hold, Consumption* units,
                 JsonWriter* json) {
  if (member->fault) return *std::move(member->fault);
  if (member->select) return run_member_select(context, *member->select, units, json);
  Scratch& scratch = context.scratch;
  WriteOutcome* const outcome = &scratch.outcome;
  Result<void> result = run_write(&context.engine, {&*member->write, 1}, {outcome, 1},
                                  &scratch.arena, context.now, OnThrottle::fail, hold);
  // Of what failed, a condition alone is charged.
  if (result || result.error().code() == ErrorCode::conditional_check_failed) {
    units->add(outcome->effect.units);
  }
  if (!result) return statement_error(*member->statement, std::move(result).error());
  const auto item = returned_item(*member->statement, outcome->effect, &scratch);
  if (item) write_item(item->attributes(), json);
  return {};
}

void write_error(const Error& error, JsonWriter* json) {
  json->member("Error");
  json->begin_object();
  json->member("Code", find_statement_code(error.code()).value_or("InternalServerError"));
  json->member("Message", error.message());
  json->end_object();
}

TableUnits* units_of(const BatchMember& member, std::vector<TableUnits>* units) {
  for (TableUnits& each : *units) {
    if (each.table->name == member.table.name) return &each;
  }
  return &units->emplace_back(TableUnits{.table = &member.table, .units = {}});
}

void write_member(const Context& context, BatchMember* member, const Hold* hold,
                  std::vector<TableUnits>* units, JsonWriter* json) {
  json->element();
  json->begin_object();
  if (member->error) {
    write_error(*member->error, json);
  } else {
    TableUnits* const table_units = units_of(*member, units);
    Result<void> result = run(context, member, hold, &table_units->units, json);
    table_units->any_ran |= result.has_value();
    if (!result) write_error(member->error.emplace(std::move(result).error()), json);
    json->member("TableName", member->table.name);
  }
  json->end_object();
}

// Each condition that failed.
void count_failures(const std::vector<BatchMember>& members) {
  for (const BatchMember& member : members) {
    if (!member.error || member.error->code() != ErrorCode::conditional_check_failed) continue;
    add_one(&member.table.table->requests->conditional_check_failed);
  }
}

bool was_throttled(const BatchMember& member) {
  return member.error && is_throttle(member.error->code());
}

void write_capacities(ReturnConsumedCapacity detail, std::vector<TableUnits> units,
                      JsonWriter* json) {
  std::erase_if(units, [](const TableUnits& each) { return !each.any_ran; });
  if (detail == ReturnConsumedCapacity::none || units.empty()) return;
  json->member("ConsumedCapacity");
  json->begin_array();
  for (const TableUnits& each : units) {
    json->element();
    write_consumed_capacity(detail, each.table->name, each.units, json);
  }
  json->end_array();
}

}  // namespace

Result<void> batch_execute_statement(const Context& context, JsonWriter* json) {
  BatchStatementRequest request =
      TRY(read_batch_statement_request(context.json, &context.scratch.reader));
  if (is_in_doubt(request)) TRY(check_constraints(kBatchExecuteStatementRules, context));
  std::vector<BatchMember> members = TRY(plan_all(context, &request));
  if (context.faults != nullptr) add_faults(context.faults, &members);
  std::vector<TableUnits> units;
  json->begin_object();
  json->member("Responses");
  json->begin_array();
  const Hold* hold = hold_of(context.faults);
  for (std::size_t i = 0; i < members.size(); ++i) {
    const bool is_held = hold != nullptr && members[i].will_run() && context.faults->is_held(i);
    write_member(context, &members[i], is_held ? hold : nullptr, &units, json);
    if (is_held) hold = nullptr;  // on AWS they wait side by side
  }
  json->end_array();
  count_failures(members);
  context.scratch.notes.is_throttled = std::all_of(members.begin(), members.end(), was_throttled);
  write_capacities(parse_consumed_capacity(request.return_consumed_capacity), std::move(units),
                   json);
  json->end_object();
  return {};
}

}  // namespace stator
