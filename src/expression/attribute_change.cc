#include "expression/attribute_change.h"

#include "expression/update_action.h"

namespace stator {
namespace {

UpdateKind kind_of(const AttributeChange& change) {
  if (change.action == ChangeAction::put) return UpdateKind::set;
  if (change.action == ChangeAction::add) return UpdateKind::add;
  return change.value ? UpdateKind::del : UpdateKind::remove;
}

}  // namespace

std::optional<ChangeAction> change_action_of(std::string_view name) {
  if (name == "PUT") return ChangeAction::put;
  if (name == "ADD") return ChangeAction::add;
  if (name == "DELETE") return ChangeAction::del;
  return std::nullopt;
}

Update update_of(std::span<const AttributeChange> changes, Arena* arena) {
  const UpdateAction* next = nullptr;
  for (std::size_t i = changes.size(); i-- > 0;) {
    const AttributeChange& change = changes[i];
    const auto* const name = arena->make<PathElement>(PathElement{.name = change.attribute});
    auto* const action =
        arena->make<UpdateAction>(UpdateAction{.kind = kind_of(change),
                                               .legacy = true,
                                               .position = static_cast<std::uint32_t>(i),
                                               .path = DocumentPath{{name, 1}}});
    if (change.value) {
      action->operand =
          arena->make<Operand>(Operand{.kind = OperandKind::value, .value = *change.value});
    }
    action->next = next;
    next = action;
  }
  return gather_actions(next, changes.size(), arena);
}

}  // namespace stator
