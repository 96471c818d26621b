// The name that somebody meant who mistyped it.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace stator {

// Whether two names differ in dashes and case alone: "--in-memory", "-inMemory".
bool is_same_name(std::string_view a, std::string_view b);

// The nearest of `names` to `typed`, "" when none is near. Dashes and case aside, in this order:
// the same; one that `typed` begins; one with few edits (insertions, deletions, replacements, two
// letters in each other's place: a third of its length, at least one); one in which it stands. Of
// several the one with the least edits, and of those the first.
std::string_view nearest_name(std::string_view typed, std::span<const std::string> names);

}  // namespace stator
