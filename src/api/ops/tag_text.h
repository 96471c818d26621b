// What the keys and values of tags are made of.
#pragma once

#include <string_view>

namespace stator {

// Whether a text is of letters, digits and blanks of any script and + - = . _ : / @, as AWS's
// restrictions of tags want it. Beyond ASCII, what is none is known by its block.
//   text  UTF-8
bool is_tag_text(std::string_view text);

}  // namespace stator
