// Condition and filter expressions: parsed once, evaluated over the bytes of items.
#pragma once

#include <span>
#include <string_view>

#include "base/arena.h"
#include "base/result.h"
#include "expression/placeholders.h"
#include "model/value.h"

namespace stator {

// Names the expression in errors: "Invalid ConditionExpression: ..".
enum class ConditionKind { condition, filter, key_condition };

// The tree of an expression; an implementation matter of this layer, see condition_node.h.
struct ConditionNode;

// A value: a pointer into the request's arena, which must outlive it, as must the expression's
// text and the placeholders' bytes. Reading it from several threads is safe.
class Condition {
 public:
  Condition(const ConditionNode* root, std::span<const std::string_view> attributes)
      : root_(root), attributes_(attributes) {}

  const ConditionNode* root() const { return root_; }

  // Whether `attributes` satisfy the expression. Never fails and never allocates: what is missing
  // or of another type compares as false. An absent item is an empty map.
  bool matches(const MapView& attributes) const;

  // The first element of each path, in textual order; an attribute used twice is there twice.
  std::span<const std::string_view> attributes() const { return attributes_; }

 private:
  const ConditionNode* root_;
  std::span<const std::string_view> attributes_;
};

//   errors  validation, in the order and with the texts of DynamoDB
Result<Condition> parse_condition(ConditionKind kind, std::string_view text,
                                  Placeholders* placeholders, Arena* arena);

}  // namespace stator
