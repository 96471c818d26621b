// Condition and filter expressions: parsed once, evaluated over the bytes of items.
#pragma once

#include <string_view>

#include "base/arena.h"
#include "base/result.h"
#include "expression/document_path.h"
#include "expression/placeholders.h"
#include "model/value.h"

namespace stator {

// Names the expression in errors: "Invalid ConditionExpression: ..".
enum class ConditionKind { condition, filter, key_condition };

// The tree of an expression; an implementation matter of this layer.
struct ConditionNode;

// A value: a pointer into the request's arena, which must outlive it, as must the expression's
// text and the placeholders' bytes.
class Condition {
 public:
  explicit Condition(const ConditionNode* root) : root_(root) {}
  const ConditionNode* root() const { return root_; }

  // Whether `attributes` satisfy the expression. Never fails and never allocates: what is missing
  // or of another type compares as false. An absent item is an empty map.
  bool matches(const MapView& attributes) const;

  // Calls visit(std::string_view attribute) for the first element of each path, in textual order.
  template <typename Visit>
  void for_each_attribute(Visit&& visit) const;

 private:
  const ConditionNode* root_;
};

//   errors  validation, in the order and with the texts of DynamoDB
Result<Condition> parse_condition(ConditionKind kind, std::string_view text,
                                  Placeholders* placeholders, Arena* arena);

}  // namespace stator
