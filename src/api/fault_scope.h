// What can happen to which operation when a fault wants it.
//
// Source: the errors of each operation in botocore's service model, the reasons of
// TransactionCanceledException and the codes of BatchExecuteStatement's statements.
#pragma once

#include <optional>
#include <string_view>

#include "base/error.h"
#include "stator/faults.h"

namespace stator {

// Whether AWS gives an operation an error at all: GetItem meets no conflicts. Throttles are those
// of tables and indexes, so operations on items alone get them.
bool can_get(std::string_view operation, ErrorCode code);

// Whether an error is that of the items it is about, and not the request's: a transaction's reason,
// an element that stays unprocessed, a statement's Error.
bool is_of_items(std::string_view operation, ErrorCode code);

// Whether an error is met where the condition of the request would be checked, to bring the item
// that is there. Others come before the request is looked at.
bool is_of_condition(std::string_view operation, ErrorCode code);

// Whether it has elements that can stay unprocessed.
bool leaves_unprocessed(std::string_view operation);

// Of a rule for an operation: the member that cannot be, such as "hold" of a Scan; empty: all can.
// Errors are not looked at: whoever names an operation may ask for any.
std::string_view find_misfit(const FaultRule& rule, std::string_view operation);

}  // namespace stator
