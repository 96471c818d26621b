// What is wrong with a command line, in one line.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
class Error;
}  // namespace CLI

namespace stator {

// The names of a command's options: "--port".
std::vector<std::string> option_names(const CLI::App& command);

// What the parser says.
std::string in_our_words(const CLI::Error& error);

// What the parser takes and is a mistake all the same: an option whose value is empty, as "$DIR" of
// a variable that nobody has set, or is the next option.
//   errors  throws CLI::ValidationError
void check_values(const CLI::App& app);

// In the program's words; of a word that is not known, with the nearest that is.
std::string fault_of(const CLI::App& app, const CLI::Error& error);

}  // namespace stator
