// Functions and mappings as Lambda's API describes them.
#pragma once

#include <string_view>

#include "api/json_writer.h"
#include "functions/event_source_mapping.h"
#include "functions/function.h"

namespace stator {

// EventSourceMappingConfiguration.
void append_mapping_json(const EventSourceMapping& mapping, JsonWriter* json);

// FunctionConfiguration.
void append_function_json(const LambdaFunction& function, std::string_view region,
                          JsonWriter* json);

// FunctionCodeLocation: what the function is here.
void append_code_json(const LambdaFunction& function, JsonWriter* json);

}  // namespace stator
