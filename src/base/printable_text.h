// Text that somebody else wrote - names, titles, keys - made safe to show: nothing in it moves the
// cursor of a terminal, turns the direction of a line or hides what stands beside it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stator {

// Valid UTF-8 on one line: each control or format character, and each byte that is no UTF-8,
// becomes U+FFFD.
std::string printable(std::string_view text);

// The same, but for characters in the middle that make place for "…" where there are more than
// `most`. Both ends stay, because keys often differ in their last digits only.
std::string clipped(std::string_view text, std::size_t most);

}  // namespace stator
