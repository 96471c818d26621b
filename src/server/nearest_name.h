// The name that somebody meant who mistyped it.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace stator {

// The one of `names` with the least edits (insertions, deletions, replacements; case is ignored) to
// `typed`; "" when none is near: a third of its length, at least two edits.
std::string_view nearest_name(std::string_view typed, std::span<const std::string> names);

}  // namespace stator
