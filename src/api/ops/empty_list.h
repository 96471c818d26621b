// What the operations share that list what stator has none of.
#pragma once

#include <string_view>

#include "api/engine.h"
#include "api/json_writer.h"
#include "api/request/request_rules.h"
#include "base/result.h"

namespace stator {

// Checks the request, then answers {"member": []}.
//   errors  serialization, validation
Result<void> answer_with_empty_list(const Context& context, const RequestRules& rules,
                                    std::string_view member, JsonWriter* json);

}  // namespace stator
