// What a shell asks: a running server, or a directory that it has opened itself.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "client/http_connection.h"
#include "stator/database.h"

namespace stator {

// Asks an operation, as in "ListTables".
//   errors  internal: one line; there is no answer
using Dynamo =
    std::function<Result<DynamoAnswer>(std::string_view operation, std::string_view json)>;

//   errors  validation: no URL; internal: nobody answers there
Result<Dynamo> dynamo_at(const std::string& endpoint, const CredentialScope& scope);

// The directory is open for as long as a copy of what is returned lives. Nobody is throttled.
//   isolation  with which a server wrote the tables that are meant
//   errors     validation: one line; it is not there, is in use, or is none of stator's
Result<Dynamo> dynamo_in(const std::string& directory, Isolation isolation, CredentialScope scope);

}  // namespace stator
