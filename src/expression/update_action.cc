#include "expression/update_action.h"

#include <algorithm>

namespace stator {
namespace {

std::span<const DocumentPath> paths_of(std::span<const UpdateAction* const> actions, Arena* arena) {
  const std::span<DocumentPath> paths = arena->make_array<DocumentPath>(actions.size());
  for (std::size_t i = 0; i < actions.size(); ++i) paths[i] = actions[i]->path;
  return paths;
}

std::span<const DocumentPath> kept_of(std::span<const UpdateAction* const> actions, Arena* arena) {
  const std::span<DocumentPath> kept = arena->make_array<DocumentPath>(actions.size());
  std::size_t count = 0;
  for (const UpdateAction* action : actions) {
    if (action->kind != UpdateKind::remove) kept[count++] = action->path;
  }
  return kept.first(count);
}

}  // namespace

Update gather_actions(const UpdateAction* first, std::size_t count, Arena* arena) {
  const std::span<const UpdateAction*> actions = arena->make_array<const UpdateAction*>(count);
  const std::span<const UpdateAction*> by_path = arena->make_array<const UpdateAction*>(count);
  bool creates_item = false;
  for (const UpdateAction* action = first; action != nullptr; action = action->next) {
    actions[action->position] = by_path[action->position] = action;
    if (action->kind == UpdateKind::set || action->kind == UpdateKind::add) creates_item = true;
  }
  std::sort(by_path.begin(), by_path.end(),
            [](const UpdateAction* a, const UpdateAction* b) { return a->path < b->path; });
  return {.actions = actions,
          .by_path = by_path,
          .paths = paths_of(by_path, arena),
          .kept = kept_of(by_path, arena),
          .creates_item = creates_item};
}

}  // namespace stator
