// The requests ExecuteStatement, BatchExecuteStatement and ExecuteTransaction.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/json_reader.h"
#include "base/result.h"
#include "model/value.h"

namespace stator {

// One statement and what goes with it. Texts belong to the JSON reader and are good until it opens
// the next request.
struct StatementRequest {
  std::optional<std::string_view> statement;
  std::optional<std::vector<std::string>> parameters;  // the bytes of values
  std::optional<Error> parameter_error;  // the first; AWS reports it before it parses the text
  bool consistent_read = false;
  std::optional<std::string_view> next_token;
  std::optional<std::string_view> return_consumed_capacity;
  std::optional<std::string_view> return_values_on_failure;
  std::optional<std::int64_t> limit;

  std::vector<ValueView> values() const;
};

struct BatchStatementRequest {
  std::optional<std::vector<StatementRequest>> statements;
  std::optional<std::string_view> return_consumed_capacity;
};

struct TransactStatementRequest {
  std::optional<std::vector<StatementRequest>> statements;
  std::optional<std::string_view> client_request_token;
  std::optional<std::string_view> return_consumed_capacity;
};

//   errors  serialization
Result<TransactStatementRequest> read_transact_statement_request(std::string_view json,
                                                                 JsonReader* reader);
Result<StatementRequest> read_statement_request(std::string_view json, JsonReader* reader);
Result<BatchStatementRequest> read_batch_statement_request(std::string_view json,
                                                           JsonReader* reader);

// Whether a request may break a constraint: check_constraints tells which.
bool is_in_doubt(const StatementRequest& request);
bool is_in_doubt(const BatchStatementRequest& request);
bool is_in_doubt(const TransactStatementRequest& request);

}  // namespace stator
