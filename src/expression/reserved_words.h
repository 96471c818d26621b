// The words that an expression may use as an attribute name only through a placeholder.
#pragma once

#include <string_view>

namespace stator {

// Case-insensitive; does not allocate.
bool is_reserved_word(std::string_view word);

}  // namespace stator
