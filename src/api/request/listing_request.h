// The requests for lists that are empty whatever is asked for.
#pragma once

#include <string_view>

#include "api/json_reader.h"
#include "base/result.h"

namespace stator {

// Checks the types of the members of ListExports, ListImports and ListGlobalTables.
//   errors  serialization
Result<void> read_listing_request(std::string_view json, JsonReader* reader);

}  // namespace stator
