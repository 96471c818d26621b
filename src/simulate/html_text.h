// Text inside of HTML and SVG.
#pragma once

#include <string>
#include <string_view>

namespace stator {

// Printable, and safe between tags as well as inside of a quoted attribute.
std::string html_text(std::string_view text);

}  // namespace stator
