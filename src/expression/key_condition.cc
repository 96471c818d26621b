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
  const SortOperator op = *sort_operator_of(key_first ? node.op : mirrored(node.op));
  KeyClause clause{.attribute = key->path.attribute(),
                   .condition = {.op = op, .first = first.value, .second = {}}};
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

// For each key attribute of one kind the clause on it, or null.
using ClausesInOrder = std::array<const KeyClause*, kKeyAttributesMax>;

ClausesInOrder in_order(const KeyClauses& clauses, const std::vector<KeyAttribute>& attributes) {
  ClausesInOrder ordered{};
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    ordered[i] = clause_on(clauses, attributes[i]);
  }
  return ordered;
}

// Every HASH attribute has a clause, and no clause is on anything but the key.
Result<void> check_all_are_keys(const KeyClauses& clauses, const KeySchema& key,
                                const ClausesInOrder& partition, const ClausesInOrder& sort) {
  std::size_t on_keys = key.partition.size();
  const KeyAttribute* missed = nullptr;
  for (std::size_t i = 0; i < key.partition.size(); ++i) {
    if (partition[i] == nullptr) return missed_key(key.partition[i]);
  }
  for (std::size_t i = 0; i < key.sort.size(); ++i) {
    if (sort[i] != nullptr) {
      ++on_keys;
    } else if (missed == nullptr) {
      missed = &key.sort[i];
    }
  }
  if (on_keys < clauses.clauses.size()) return missed_key(*missed);
  return {};
}

Result<void> check_type(const SortCondition& condition, AttributeType type) {
  const bool between = condition.op == SortOperator::between;
  if (condition.first.type() == type && (!between || condition.second.type() == type)) return {};
  return validation_error(
      "One or more parameter values were invalid: Condition parameter type does not match schema "
      "type");
}

Result<void> check_types(const ClausesInOrder& clauses,
                         const std::vector<KeyAttribute>& attributes) {
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    if (clauses[i] != nullptr) TRY(check_type(clauses[i]->condition, attributes[i].type));
  }
  return {};
}

// Conditions on RANGE attributes come from the left, and only the last may be no equality.
Result<void> check_no_gap(const ClausesInOrder& clauses,
                          const std::vector<KeyAttribute>& attributes) {
  std::size_t last = attributes.size();
  while (last > 0 && clauses[last - 1] == nullptr) --last;
  std::string loose;
  for (std::size_t i = 0; i + 1 < last; ++i) {
    if (clauses[i] != nullptr && clauses[i]->condition.op == SortOperator::equal) continue;
    loose.append(loose.empty() ? "" : ", ").append(attributes[i].name);
  }
  if (loose.empty()) return {};
  return validation_error("RANGE key attributes " + loose +
                          " must have equality conditions specified in the query because a "
                          "condition is present on key attribute " +
                          attributes[last - 1].name);
}

KeyCondition bound(const ClausesInOrder& partition, const ClausesInOrder& sort,
                   const KeySchema& key) {
  KeyCondition condition;
  for (std::size_t i = 0; i < key.partition.size(); ++i) {
    condition.partition.push_back(partition[i]->condition.first);
  }
  for (std::size_t i = 0; i < key.sort.size() && sort[i] != nullptr; ++i) {
    if (condition.sort) condition.equal.push_back(condition.sort->first);
    condition.sort = sort[i]->condition;
  }
  return condition;
}

}  // namespace

std::optional<SortOperator> sort_operator_of(Op op) {
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
    case Op::begins_with:
      return SortOperator::begins_with;
    default:
      return std::nullopt;
  }
}

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
  if (count > key.size()) {
    return validation_error("The number of query conditions (" + std::to_string(count) +
                            ") exceeds the number of key attributes defined in the schema (" +
                            std::to_string(key.size()) + ")");
  }
  const ClausesInOrder partition = in_order(clauses, key.partition);
  const ClausesInOrder sort = in_order(clauses, key.sort);
  TRY(check_all_are_keys(clauses, key, partition, sort));
  TRY(check_types(partition, key.partition));
  TRY(check_types(sort, key.sort));
  for (std::size_t i = 0; i < key.partition.size(); ++i) {
    if (partition[i]->condition.op != SortOperator::equal) {
      return validation_error("Query key condition not supported");
    }
  }
  TRY(check_no_gap(sort, key.sort));
  return bound(partition, sort, key);
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
