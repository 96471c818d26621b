// How BatchExecuteStatement names the error of one of its statements.
#pragma once

#include <optional>
#include <string_view>

#include "base/error.h"

namespace stator {

// "ConditionalCheckFailed", ..; nullopt: AWS has no word for it.
std::optional<std::string_view> find_statement_code(ErrorCode code);

}  // namespace stator
