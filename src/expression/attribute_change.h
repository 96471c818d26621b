// AttributeUpdates, which update expressions have replaced: translated into what those are parsed
// into.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "expression/update.h"
#include "model/value.h"

namespace stator {

// DynamoDB's AttributeAction.
enum class ChangeAction : std::uint8_t { put, add, del };

// "PUT", "ADD", "DELETE", or nothing for any other text.
std::optional<ChangeAction> change_action_of(std::string_view name);

// A change of one attribute. PUT and ADD have a value, of a type that they take; DELETE has the
// set whose elements go, or takes the attribute away.
struct AttributeChange {
  std::string_view attribute;
  ChangeAction action = ChangeAction::put;
  std::optional<ValueView> value;
};

//   changes  at least one, each of another attribute; with what they point at, as good as the
//            update
Update update_of(std::span<const AttributeChange> changes, Arena* arena);

}  // namespace stator
