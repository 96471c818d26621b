#include "api/request/statement_request.h"

#include "api/attribute_reader.h"
#include "api/constraint_errors.h"
#include "api/reply_options.h"
#include "api/request/shape_reader.h"
#include "base/limits.h"

namespace stator {
namespace {

Result<void> read_parameters(JsonValue* json, StatementRequest* request) {
  request->parameters.emplace();
  AttributeReader reader(ValueTexts::current);
  JsonElements elements = TRY(elements_of(json));
  while (TRY(elements.next())) {
    std::string& value = request->parameters->emplace_back();
    TRY(reader.read_value(&elements.value(), &value));
  }
  request->parameter_error = reader.take_error();
  return {};
}

Result<void> read_member(std::string_view name, JsonValue* value, StatementRequest* request) {
  if (name == "Statement") return assign(value->string(), &request->statement);
  if (name == "Parameters") return read_parameters(value, request);
  if (name == "ConsistentRead") {
    request->consistent_read = TRY(value->boolean());
    return {};
  }
  if (name == "NextToken") return assign(value->string(), &request->next_token);
  if (name == "ReturnConsumedCapacity") {
    return assign(value->string(), &request->return_consumed_capacity);
  }
  if (name == "ReturnValuesOnConditionCheckFailure") {
    return assign(value->string(), &request->return_values_on_failure);
  }
  if (name == "Limit") return assign(value->integer(), &request->limit);
  return value->skip();
}

Result<StatementRequest> read_members(JsonMembers* members) {
  StatementRequest request;
  TRY(read_structure(members, [&](std::string_view name, JsonValue* value) {
    return read_member(name, value, &request);
  }));
  return request;
}

// Of a statement at `path`, which is empty or ends with a point.
void check_statement(const StatementRequest& request, const std::string& path,
                     ConstraintErrors* errors) {
  errors->require(request.statement.has_value(), path + "statement");
  errors->length(request.statement, path + "statement", 1, kStatementBytesMax);
  if (request.parameters && request.parameters->empty()) {
    errors->add("[]", path + "parameters", "Member must have length greater than or equal to 1");
  }
  errors->one_of(request.return_values_on_failure, path + "returnValuesOnConditionCheckFailure",
                 {"ALL_OLD", "NONE"});
}

}  // namespace

std::vector<ValueView> StatementRequest::values() const {
  std::vector<ValueView> values;
  if (!parameters) return values;
  for (const std::string& bytes : *parameters) values.emplace_back(bytes);
  return values;
}

Result<StatementRequest> read_statement_request(std::string_view json, JsonReader* reader) {
  JsonMembers members = TRY(reader->open(json));
  StatementRequest request = TRY(read_members(&members));
  TRY(reader->finish());
  return request;
}

Result<BatchStatementRequest> read_batch_statement_request(std::string_view json,
                                                           JsonReader* reader) {
  BatchStatementRequest request;
  JsonMembers members = TRY(reader->open(json));
  const auto read = [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name == "ReturnConsumedCapacity") {
      return assign(value->string(), &request.return_consumed_capacity);
    }
    if (name != "Statements") return value->skip();
    request.statements =
        TRY(read_structures<StatementRequest>(value, "BatchStatementRequest", read_members));
    return {};
  };
  TRY(read_structure(&members, read));
  TRY(reader->finish());
  return request;
}

Result<TransactStatementRequest> read_transact_statement_request(std::string_view json,
                                                                 JsonReader* reader) {
  TransactStatementRequest request;
  JsonMembers members = TRY(reader->open(json));
  const auto read = [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name == "ReturnConsumedCapacity") {
      return assign(value->string(), &request.return_consumed_capacity);
    }
    if (name == "ClientRequestToken") return assign(value->string(), &request.client_request_token);
    if (name != "TransactStatements") return value->skip();
    request.statements =
        TRY(read_structures<StatementRequest>(value, "ParameterizedStatement", read_members));
    return {};
  };
  TRY(read_structure(&members, read));
  TRY(reader->finish());
  return request;
}

Result<void> check_transact_statement_constraints(const TransactStatementRequest& request) {
  ConstraintErrors errors;
  errors.length(request.client_request_token, "clientRequestToken", 1, kRequestTokenLengthMax);
  check_consumed_capacity(request.return_consumed_capacity, &errors);
  errors.require(request.statements.has_value(), "transactStatements");
  TRY(errors.result());
  if (request.statements->empty()) {
    errors.add("[]", "transactStatements", "Member must have length greater than or equal to 1");
  }
  TRY(errors.result());
  if (request.statements->size() > kTransactionActionsMax) {
    return enveloped(validation_error(
        "Value at 'transactStatements' failed to satisfy constraint: Member must have length less "
        "than or equal to 100"));
  }
  int place = 0;
  for (const StatementRequest& each : *request.statements) {
    check_statement(each, "transactStatements." + std::to_string(++place) + ".member.", &errors);
  }
  return errors.result();
}

Result<void> check_statement_constraints(const StatementRequest& request) {
  ConstraintErrors errors;
  check_statement(request, "", &errors);
  check_consumed_capacity(request.return_consumed_capacity, &errors);
  errors.length(request.next_token, "nextToken", 1, kNextTokenBytesMax);
  errors.at_least(request.limit, "limit", 1);
  return errors.result();
}

Result<void> check_batch_statement_constraints(const BatchStatementRequest& request) {
  ConstraintErrors errors;
  check_consumed_capacity(request.return_consumed_capacity, &errors);
  errors.require(request.statements.has_value(), "statements");
  TRY(errors.result());
  if (request.statements->empty()) {
    errors.add("[]", "statements", "Member must have length greater than or equal to 1");
  }
  TRY(errors.result());
  if (request.statements->size() > kBatchStatementsMax) {
    return enveloped(validation_error(
        "Value at 'statements' failed to satisfy constraint: Member must have length less than or "
        "equal to 25"));
  }
  int place = 0;
  for (const StatementRequest& each : *request.statements) {
    check_statement(each, "statements." + std::to_string(++place) + ".member.", &errors);
  }
  return errors.result();
}

}  // namespace stator
