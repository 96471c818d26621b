// Errors as AWS's replies have them.
#pragma once

#include <string_view>

#include "api/exceptions.h"
#include "base/error.h"
#include "stator/database.h"

namespace stator {

// Writes the exception of an error, with the item, the reasons for throttling and for cancellation
// that it carries.
//   region  of the ARNs of tables
void write_exception(const ExceptionRow& row, const Error& error, std::string_view region,
                     Reply* reply);

// What a caller is told whose signature or rights are refused.
void write_refusal(const Refusal& refusal, std::string_view region, Reply* reply);

}  // namespace stator
