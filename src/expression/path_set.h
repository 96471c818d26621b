// Paths that one expression writes or shows: none may overlap or conflict with another.
#pragma once

#include <span>

#include "base/arena.h"
#include "expression/document_path.h"
#include "expression/faults.h"

namespace stator {

// Adds a fault for the first pair in `paths` of which one is a prefix of the other, else for the
// first that take one place for both a map and a list.
//   paths   in textual order
//   sorted  the same in path order
void check_apart(std::span<const DocumentPath> paths, std::span<const DocumentPath> sorted,
                 Faults* faults);

// The paths in path order.
std::span<const DocumentPath> sorted_paths(std::span<const DocumentPath> paths, Arena* arena);

}  // namespace stator
