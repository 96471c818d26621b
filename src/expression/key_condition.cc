#include "expression/key_condition.h"

#include <algorithm>

#include "base/check.h"
#include "base/limits.h"
#include "expression/condition.h"
#include "expression/condition_node.h"

namespace stator {
namespace {

using Op = ConditionOperator;

Error invalid_operator(std::string_view name) {
  return validation_error(
      std::string("Invalid operator used in KeyConditionExpression: ").append(name));
}

Error invalid_condition(std::string_view problem) {
  return validation_error(
      std::string("Invalid condition in KeyConditionExpression: ").append(problem));
}

Result<void> check_operator(Op op) {
  switch (op) {
    case Op::logical_or:
    case Op::logical_not:
    case Op::in:
    case Op::not_equal:
    case Op::attribute_exists:
    case Op::attribute_not_exists:
    case Op::attribute_type:
    case Op::contains:
      return invalid_operator(operator_name(op));
    default:
      return {};
  }
}

SortOperator sort_operator(Op op) {
  switch (op) {
    case Op::equal:
      return SortOperator::equal;
    case Op::less:
      return SortOperator::less;
    case Op::less_equal:
      return SortOperator::less_equal;
    case Op::greater:
      return SortOperator::greater;
    case Op::greater_equal:
      return SortOperator::greater_equal;
    case Op::between:
      return SortOperator::between;
    default:
      CHECK(op == Op::begins_with);
      return SortOperator::begins_with;
  }
}

// ":v < a" says "a > :v".
SortOperator reversed(SortOperator op) {
  switch (op) {
    case SortOperator::less:
      return SortOperator::greater;
    case SortOperator::less_equal:
      return SortOperator::greater_equal;
    case SortOperator::greater:
      return SortOperator::less;
    case SortOperator::greater_equal:
      return SortOperator::less_equal;
    default:
      return op;
  }
}

// The one path among the operands of a condition.
Result<const Operand*> key_operand(const ConditionNode& node) {
  const Operand* key = nullptr;
  for (const Operand* operand = node.operands; operand != nullptr; operand = operand->next) {
    if (operand->kind == OperandKind::call) {
      return validation_error("KeyConditionExpressions cannot contain nested operations");
    }
    if (operand->kind != OperandKind::path) continue;
    if (key != nullptr) return invalid_condition("Multiple attribute names used in one condition");
    if (operand->path.elements.size() > 1) {
      return validation_error(
          "KeyConditionExpressions cannot have conditions on nested attributes");
    }
    key = operand;
  }
  if (key == nullptr) return invalid_condition("No key attribute specified");
  return key;
}

Result<KeyClause> clause_of(const ConditionNode& node) {
  const bool ordered = node.op == Op::between || node.op == Op::begins_with;
  if (ordered && node.operands->kind == OperandKind::value) {
    return invalid_condition(std::string(operator_name(node.op)) +
                             " operator must have the key attribute as its first operand");
  }
  const Operand* const key = TRY(key_operand(node));
  const bool key_first = key == node.operands;
  const Operand& first = key_first ? *node.operands->next : *node.operands;
  const SortOperator op = sort_operator(node.op);
  KeyClause clause{
      .attribute = key->path.attribute(),
      .condition = {.op = key_first ? op : reversed(op), .first = first.value, .second = {}}};
  if (op == SortOperator::between) clause.condition.second = first.next->value;
  return clause;
}

// A clause and those before it, while they are gathered.
struct ClauseNode {
  KeyClause clause;
  const ClauseNode* previous = nullptr;
};

class ClauseGatherer {
 public:
  explicit ClauseGatherer(Arena* arena) : arena_(*arena) {}

  Result<void> gather(const ConditionNode& node) {
    TRY(check_operator(node.op));
    if (node.op != Op::logical_and) return add(node);
    for (const ConditionNode* child = node.children; child != nullptr; child = child->next) {
      TRY(gather(*child));
    }
    return {};
  }

  KeyClauses clauses() {
    const std::span<KeyClause> clauses = arena_.make_array<KeyClause>(count_);
    std::size_t at = count_;
    for (const ClauseNode* node = last_; node != nullptr; node = node->previous) {
      clauses[--at] = node->clause;
    }
    return {clauses};
  }

 private:
  Result<void> add(const ConditionNode& node) {
    const KeyClause clause = TRY(clause_of(node));
    for (const ClauseNode* other = last_; other != nullptr; other = other->previous) {
      if (other->clause.attribute != clause.attribute) continue;
      return validation_error("KeyConditionExpressions must only contain one condition per key");
    }
    last_ = arena_.make<ClauseNode>(clause, last_);
    ++count_;
    return {};
  }

  Arena& arena_;
  const ClauseNode* last_ = nullptr;
  std::size_t count_ = 0;
};

const KeyClause* clause_on(const KeyClauses& clauses, const KeyAttribute& key) {
  const auto found =
      std::find_if(clauses.clauses.begin(), clauses.clauses.end(),
                   [&key](const KeyClause& clause) { return clause.attribute == key.name; });
  return found == clauses.clauses.end() ? nullptr : &*found;
}

Error missed_key(const KeyAttribute& key) {
  return validation_error("Query condition missed key schema element: " + key.name);
}

Result<void> check_type(const SortCondition& condition, AttributeType type) {
  const bool between = condition.op == SortOperator::between;
  if (condition.first.type() == type && (!between || condition.second.type() == type)) return {};
  return validation_error(
      "One or more parameter values were invalid: Condition parameter type does not match schema "
      "type");
}

}  // namespace

Result<KeyClauses> parse_key_condition(std::string_view text, Placeholders* placeholders,
                                       Arena* arena) {
  const Condition condition =
      TRY(parse_condition(ConditionKind::key_condition, text, placeholders, arena));
  ClauseGatherer gatherer(arena);
  TRY(gatherer.gather(*condition.root()));
  return gatherer.clauses();
}

Result<KeyCondition> bind_key_condition(const KeyClauses& clauses, const KeySchema& key) {
  const std::size_t count = clauses.clauses.size();
  const std::size_t key_count = key.sort ? 2 : 1;
  if (count > key_count) {
    return validation_error("The number of query conditions (" + std::to_string(count) +
                            ") exceeds the number of key attributes defined in the schema (" +
                            std::to_string(key_count) + ")");
  }
  const KeyClause* const partition = clause_on(clauses, key.partition);
  const KeyClause* const sort = key.sort ? clause_on(clauses, *key.sort) : nullptr;
  if (partition == nullptr) return missed_key(key.partition);
  if (count == 2 && sort == nullptr) return missed_key(*key.sort);
  TRY(check_type(partition->condition, key.partition.type));
  if (sort != nullptr) TRY(check_type(sort->condition, key.sort->type));
  if (partition->condition.op != SortOperator::equal) {
    return validation_error("Query key condition not supported");
  }
  KeyCondition bound{.partition = partition->condition.first, .sort = std::nullopt};
  if (sort != nullptr) bound.sort = sort->condition;
  return bound;
}

bool matches(const SortCondition& condition, ValueView sort_key) {
  const std::string_view value = sort_key.scalar();
  const std::string_view first = condition.first.scalar();
  switch (condition.op) {
    case SortOperator::equal:
      return value == first;
    case SortOperator::less:
      return value < first;
    case SortOperator::less_equal:
      return value <= first;
    case SortOperator::greater:
      return value > first;
    case SortOperator::greater_equal:
      return value >= first;
    case SortOperator::between:
      return value >= first && value <= condition.second.scalar();
    default:
      return value.starts_with(first);
  }
}

}  // namespace stator
