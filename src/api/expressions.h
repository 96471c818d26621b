// The expressions of one request: AWS's order of checks, then parsed once. Parameters that
// expressions have replaced come out as expressions, see legacy_parameters.h.
#pragma once

#include <optional>

#include "api/request/item_request.h"
#include "base/arena.h"
#include "base/result.h"
#include "expression/condition.h"
#include "expression/key_condition.h"
#include "expression/projection.h"
#include "expression/update.h"

namespace stator {

// What an operation takes, for the checks that name its parameters in an order of their own.
struct ExpressionMembers {
  MemberSet legacy;       // the older parameters that it takes
  MemberSet expressions;  // the expressions that it takes
  // Of the error for ExpressionAttributeValues without an expression; may be empty.
  std::string_view no_values_suffix;
  // Whether names and values may be there without an expression that could use them.
  bool names_stand_alone = false;
  ValueTexts texts = ValueTexts::current;
};

// Parsed; lives in the request's arena and refers to its bytes.
struct Expressions {
  std::optional<Condition> condition;
  std::optional<Condition> filter;
  std::optional<KeyClauses> key_condition;
  std::optional<Projection> projection;
  std::optional<Update> update;
};

// Expressions beside older parameters, in whatever is present of a request.
//   errors  validation
Result<void> check_parameters_not_mixed(MemberSet present, const ExpressionMembers& rules);

// Checks that come before those of attribute values: expressions beside older parameters, names
// and values without an expression.
//   errors  validation
Result<void> check_expression_parameters(const ItemRequest& request,
                                         const ExpressionMembers& rules);

// The rest: placeholders, each expression in AWS's order, placeholders that nothing uses. What
// stands in KeyConditions is the caller's: AWS looks at it later.
//   errors  validation
Result<Expressions> parse_expressions(const ExpressionMembers& rules, ItemRequest* request,
                                      Arena* arena);

}  // namespace stator
