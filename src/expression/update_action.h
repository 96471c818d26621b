// One action of an update expression.
#pragma once

#include <cstdint>

#include "expression/document_path.h"
#include "expression/operand.h"

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

inline const DocumentPath& path_of(const UpdateAction* const& action) {
  return action->path;
}

}  // namespace stator
