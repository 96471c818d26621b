// The escapes of JSON's strings.
#pragma once

#include <string>
#include <string_view>

namespace stator {

enum class JsonEscape { good, unknown, short_digits, half_pair };

// Reads an escape: takes what follows its backslash off the front of the text, and appends what it
// stands for as UTF-8. Of one that is not good nothing is appended.
JsonEscape read_json_escape(std::string_view* text, std::string* out);

}  // namespace stator
