#include "api/request/statement_request.h"

#include <algorithm>

#include "api/attribute_reader.h"
#include "api/request/rule_check.h"
#include "api/request/shape_reader.h"
#include "api/request/statement_rules.h"

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

bool are_in_doubt(const ValueRule& rule,
                  const std::optional<std::vector<StatementRequest>>& statements) {
  return !statements || !admits_count(rule, statements->size()) ||
         std::any_of(statements->begin(), statements->end(),
                     [](const StatementRequest& each) { return is_in_doubt(each); });
}

}  // namespace

bool is_in_doubt(const StatementRequest& request) {
  return !request.statement || !admits(kStatement, *request.statement) ||
         (request.parameters && !admits_count(kParameters, request.parameters->size())) ||
         !admits(kReturnOnFailure, request.return_values_on_failure) ||
         !admits(kConsumedCapacity, request.return_consumed_capacity) ||
         !admits(kNextToken, request.next_token) || !admits(kPositiveInteger, request.limit);
}

bool is_in_doubt(const BatchStatementRequest& request) {
  return !admits(kConsumedCapacity, request.return_consumed_capacity) ||
         are_in_doubt(kBatchStatements, request.statements);
}

bool is_in_doubt(const TransactStatementRequest& request) {
  return !admits(kRequestToken, request.client_request_token) ||
         !admits(kConsumedCapacity, request.return_consumed_capacity) ||
         are_in_doubt(kTransactStatements, request.statements);
}

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

}  // namespace stator
