// Where in a statement an error is.
#pragma once

#include <string>
#include <string_view>

namespace stator {

// The line of the statement that an error's text names as "1:8:5" (line, column, length in bytes,
// from 1), and a line that marks the place below it; "" where the text names none.
//
//   SELECT * FORM t
//            ^^^^
std::string marked_position(std::string_view statement, std::string_view error);

}  // namespace stator
