// One action of an update.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/arena.h"
#include "expression/document_path.h"
#include "expression/operand.h"
#include "expression/update.h"

namespace stator {

enum class UpdateKind : std::uint8_t { set, remove, add, del };

// A node in the request's arena.
struct UpdateAction {
  UpdateKind kind = UpdateKind::set;
  // Of AttributeUpdates: ADD takes lists as well, and a wrong type has another text.
  bool legacy = false;
  std::uint32_t position = 0;  // in textual order
  DocumentPath path = {};
  const Operand* operand = nullptr;    // ADD, DELETE: a literal; REMOVE: none
  const UpdateAction* next = nullptr;  // in textual order
};

inline const DocumentPath& path_of(const UpdateAction* const& action) {
  return action->path;
}

// An update of the `count` actions that `first` begins; whether their paths overlap is not checked.
Update gather_actions(const UpdateAction* first, std::size_t count, Arena* arena);

}  // namespace stator
