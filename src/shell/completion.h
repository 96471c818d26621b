// What may stand where a word is being typed.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stator {

// A value.
struct WordCompletion {
  std::size_t typed_bytes = 0;     // before the cursor, which a word replaces
  std::vector<std::string> words;  // in order; each begins with what was typed, but for case
                                   // and a quote before it
};

// Commands of the shell, names of tables where a table is named, else PartiQL's keywords and
// functions, in the case in which they were begun; nothing inside a string.
//   before  the statement, or the command, up to the cursor
WordCompletion complete(std::string_view before, std::span<const std::string> tables);

// What all words begin with.
std::string_view common_prefix(std::span<const std::string> words);

}  // namespace stator
