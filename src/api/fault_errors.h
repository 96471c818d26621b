// The errors that faults can make, and which operations AWS gives them to.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "stator/faults.h"

namespace stator {

// The code of an exception's name; nullopt: stator knows none of that name.
std::optional<ErrorCode> find_fault_error(std::string_view name);

// The error of a rule, whose `error` was found. `table` is what it is met at; may be empty.
Error fault_error(const FaultRule& rule, ErrorCode code, std::string_view table);

// Whether an operation can get an error at all: GetItem meets no conflicts, ListTables no throttles
// of tables.
bool can_get(std::string_view operation, ErrorCode code);

}  // namespace stator
