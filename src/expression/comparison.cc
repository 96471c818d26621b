#include "expression/comparison.h"

#include <array>
#include <utility>

#include "base/check.h"
#include "expression/condition_node.h"

namespace stator {
namespace {

using Op = ConditionOperator;

constexpr std::array<std::pair<std::string_view, Comparison>, 13> kComparisons = {{
    {"EQ", Comparison::equal},
    {"NE", Comparison::not_equal},
    {"LT", Comparison::less},
    {"LE", Comparison::less_equal},
    {"GT", Comparison::greater},
    {"GE", Comparison::greater_equal},
    {"BETWEEN", Comparison::between},
    {"IN", Comparison::in},
    {"NULL", Comparison::null},
    {"NOT_NULL", Comparison::not_null},
    {"BEGINS_WITH", Comparison::begins_with},
    {"CONTAINS", Comparison::contains},
    {"NOT_CONTAINS", Comparison::not_contains},
}};

Op operator_of(Comparison comparison) {
  switch (comparison) {
    case Comparison::equal:
      return Op::equal;
    case Comparison::not_equal:
      return Op::not_equal;
    case Comparison::less:
      return Op::less;
    case Comparison::less_equal:
      return Op::less_equal;
    case Comparison::greater:
      return Op::greater;
    case Comparison::greater_equal:
      return Op::greater_equal;
    case Comparison::between:
      return Op::between;
    case Comparison::in:
      return Op::in;
    case Comparison::null:
      return Op::attribute_not_exists;
    case Comparison::not_null:
      return Op::attribute_exists;
    case Comparison::begins_with:
      return Op::begins_with;
    case Comparison::contains:
    case Comparison::not_contains:
      return Op::contains;
  }
  CHECK(false);
}

SortOperator sort_operator_of(Comparison comparison) {
  switch (comparison) {
    case Comparison::equal:
      return SortOperator::equal;
    case Comparison::less:
      return SortOperator::less;
    case Comparison::less_equal:
      return SortOperator::less_equal;
    case Comparison::greater:
      return SortOperator::greater;
    case Comparison::greater_equal:
      return SortOperator::greater_equal;
    case Comparison::between:
      return SortOperator::between;
    default:
      CHECK(comparison == Comparison::begins_with);
      return SortOperator::begins_with;
  }
}

// Builds the nodes of one condition.
class TreeBuilder {
 public:
  explicit TreeBuilder(Arena* arena) : arena_(*arena) {}

  ConditionNode* test(const AttributeTest& test) {
    if (test.comparison != Comparison::not_contains) {
      return leaf(operator_of(test.comparison), test);
    }
    // What is not there neither contains a thing nor does not.
    ConditionNode* const exists = leaf(Op::attribute_exists, {test.attribute, {}, {}});
    exists->next = parent(Op::logical_not, leaf(Op::contains, test));
    return parent(Op::logical_and, exists);
  }

  ConditionNode* parent(Op op, const ConditionNode* children) {
    return arena_.make<ConditionNode>(ConditionNode{.op = op, .children = children});
  }

 private:
  ConditionNode* leaf(Op op, const AttributeTest& test) {
    const auto* const name = arena_.make<PathElement>(PathElement{.name = test.attribute});
    auto* const first =
        arena_.make<Operand>(Operand{.kind = OperandKind::path, .path = DocumentPath{{name, 1}}});
    Operand* last = first;
    for (const ValueView value : test.values) {
      auto* const operand =
          arena_.make<Operand>(Operand{.kind = OperandKind::value, .value = value});
      last->next = operand;
      last = operand;
    }
    return arena_.make<ConditionNode>(ConditionNode{.op = op, .operands = first});
  }

  Arena& arena_;
};

}  // namespace

std::optional<Comparison> comparison_of(std::string_view name) {
  for (const auto& [known, comparison] : kComparisons) {
    if (known == name) return comparison;
  }
  return std::nullopt;
}

bool is_indexable(Comparison comparison) {
  switch (comparison) {
    case Comparison::not_equal:
    case Comparison::in:
    case Comparison::null:
    case Comparison::not_null:
    case Comparison::contains:
    case Comparison::not_contains:
      return false;
    default:
      return true;
  }
}

Condition condition_of(std::span<const AttributeTest> tests, Conjunction conjunction,
                       Arena* arena) {
  TreeBuilder builder(arena);
  const std::span<std::string_view> attributes = arena->make_array<std::string_view>(tests.size());
  const ConditionNode* first = nullptr;
  for (std::size_t i = tests.size(); i-- > 0;) {
    ConditionNode* const node = builder.test(tests[i]);
    node->next = first;
    first = node;
    attributes[i] = tests[i].attribute;
  }
  if (tests.size() == 1) return {first, attributes};
  const Op op = conjunction == Conjunction::all ? Op::logical_and : Op::logical_or;
  return {builder.parent(op, first), attributes};
}

KeyClauses key_clauses_of(std::span<const AttributeTest> tests, Arena* arena) {
  const std::span<KeyClause> clauses = arena->make_array<KeyClause>(tests.size());
  for (std::size_t i = 0; i < tests.size(); ++i) {
    const AttributeTest& test = tests[i];
    clauses[i] = {.attribute = test.attribute,
                  .condition = {.op = sort_operator_of(test.comparison), .first = test.values[0]}};
    if (test.comparison == Comparison::between) clauses[i].condition.second = test.values[1];
  }
  return {clauses};
}

}  // namespace stator
