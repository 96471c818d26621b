// One action of an update expression.
#pragma once

#include <cstdint>

#include "base/arena.h"
#include "expression/document_path.h"
#include "expression/faults.h"
#include "expression/operand.h"
#include "expression/update.h"

namespace stator {

enum class UpdateKind : std::uint8_t { set, remove, add, del };

// A node in the request's arena.
struct UpdateAction {
  UpdateKind kind = UpdateKind::set;
  std::uint32_t position = 0;  // in textual order
  DocumentPath path = {};
  const Operand* operand = nullptr;  // ADD, DELETE: a literal; REMOVE: none
  UpdateAction* next = nullptr;      // in textual order
};

// The update that does `count` actions, the first of which is given. Compares their paths, and adds
// a fault where one is about a part of another.
Update collect_update(const UpdateAction* first, std::size_t count, Faults* faults, Arena* arena);

inline const DocumentPath& path_of(const UpdateAction* const& action) {
  return action->path;
}

}  // namespace stator
