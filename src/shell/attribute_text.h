// Values of attributes as PartiQL writes them: 'text', 1, true, NULL, [1, 2], {'a': 1}, <<1, 2>>.
// PartiQL has no literal for bytes; they are base64 behind a b: b'aGk='.
#pragma once

#include <string>

#include "streams/json_text.h"

namespace stator {

// Reads a value in DynamoDB's JSON, {"S": "text"}, and appends its text. Control characters stand
// as \u001b, so that what a terminal shows is the value and nothing else.
// What is no value leaves `json` not ok.
void append_attribute(JsonText* json, std::string* out);

}  // namespace stator
