// The errors that faults can make.
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

}  // namespace stator
