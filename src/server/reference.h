// The program's commands and options as documents, from the tables that it parses them with.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace stator {

// docs/configuration.md.
std::string markdown_reference(const CLI::App& app);

// The man page stator(1), in the macros of man(7).
std::string man_page(const CLI::App& app);

}  // namespace stator
