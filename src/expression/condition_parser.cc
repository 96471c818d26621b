// The grammar, by recursive descent:
//
//   disjunction := conjunction (OR conjunction)*
//   conjunction := negation (AND negation)*
//   negation    := NOT* primary
//   primary     := '(' disjunction ')' | call | operand comparator operand
//                | operand BETWEEN operand AND operand | operand IN '(' operand (',' operand)* ')'
//
// What stands between parentheses shows itself only behind them: "(a) = :v" opens an operand,
// "(a = :v)" a condition. So a parenthesis is read as either, and what follows decides.
#include <optional>

#include "expression/condition.h"
#include "expression/condition_checks.h"
#include "expression/condition_node.h"
#include "expression/expression_reader.h"
#include "expression/parse_stack.h"

namespace stator {
namespace {

using Op = ConditionOperator;

// A condition, or an operand that stands alone between parentheses.
struct Part {
  ConditionNode* condition = nullptr;
  Operand* operand = nullptr;
  bool parenthesised = false;  // nothing but the parentheses around it
};

// Whether a part may turn out to be an operand.
enum class Place { condition, opened };

std::optional<Op> comparator_of(TokenKind kind) {
  switch (kind) {
    case TokenKind::equal:
      return Op::equal;
    case TokenKind::not_equal:
      return Op::not_equal;
    case TokenKind::less:
      return Op::less;
    case TokenKind::less_equal:
      return Op::less_equal;
    case TokenKind::greater:
      return Op::greater;
    case TokenKind::greater_equal:
      return Op::greater_equal;
    default:
      return std::nullopt;
  }
}

class ConditionParser {
 public:
  explicit ConditionParser(ExpressionReader* reader) : reader_(*reader) {}

  Result<const ConditionNode*> run() {
    const Part whole = TRY(disjunction(Place::condition));
    TRY(reader_.finish());
    return whole.condition;
  }

 private:
  // Conditions joined by one operator.
  struct Chain {
    ConditionNode* node;
    ConditionNode* last;
  };

  ConditionNode* make(Op op) {
    return reader_.arena().make<ConditionNode>(ConditionNode{.op = op});
  }

  Chain open(Op op, ConditionNode* first) {
    ConditionNode* const node = make(op);
    node->children = first;
    return {node, first};
  }

  void join(Chain* chain, ConditionNode* next) {
    reader_.count_operator();
    chain->last->next = next;
    chain->last = next;
  }

  Result<Part> disjunction(Place place) {
    Part left = TRY(conjunction(place));
    if (!reader_.at(Keyword::logical_or)) return left;
    Chain chain = open(Op::logical_or, left.condition);
    while (reader_.accept(Keyword::logical_or)) {
      const Part right = TRY(conjunction(Place::condition));
      join(&chain, right.condition);
    }
    return Part{.condition = chain.node};
  }

  Result<Part> conjunction(Place place) {
    Part left = TRY(negation(place));
    if (!reader_.at(Keyword::logical_and)) return left;
    Chain chain = open(Op::logical_and, left.condition);
    while (reader_.accept(Keyword::logical_and)) {
      const Part right = TRY(negation(Place::condition));
      join(&chain, right.condition);
    }
    return Part{.condition = chain.node};
  }

  Result<Part> negation(Place place) {
    if (!reader_.at(Keyword::logical_not)) return primary(place);
    bool negative = false;
    while (reader_.accept(Keyword::logical_not)) {
      reader_.count_operator();
      negative = !negative;
    }
    const Part inner = TRY(primary(Place::condition));
    // Two negations are kept as two: a key condition refuses any.
    ConditionNode* node = open(Op::logical_not, inner.condition).node;
    if (!negative) node = open(Op::logical_not, node).node;
    return Part{.condition = node};
  }

  Result<Part> primary(Place place) {
    Part first;
    if (reader_.at(TokenKind::left_parenthesis)) {
      const Part inner = TRY(parenthesised());
      first = inner;
    } else {
      Operand* const operand = TRY(reader_.operand());
      first.operand = operand;
    }
    if (first.condition != nullptr) return first;
    if (is_operator()) {
      ConditionNode* const node = TRY(comparison(first.operand));
      return Part{.condition = node};
    }
    if (place == Place::opened && reader_.at(TokenKind::right_parenthesis)) return first;
    if (first.operand->kind != OperandKind::call) return reader_.syntax_error();
    first.condition = condition_of(first.operand);
    return first;
  }

  Result<Part> parenthesised() {
    reader_.advance();
    Part inner = TRY(disjunction(Place::opened));
    TRY(reader_.expect(TokenKind::right_parenthesis));
    if (inner.parenthesised) {
      reader_.faults()->add(Fault::redundant_parentheses,
                            {"The expression has redundant parentheses;"});
    }
    inner.parenthesised = true;
    return inner;
  }

  bool is_operator() const {
    return comparator_of(reader_.token().kind) || reader_.at(Keyword::between) ||
           reader_.at(Keyword::in);
  }

  // A call that stands as a condition.
  ConditionNode* condition_of(Operand* call) {
    check_condition_place(*call, reader_.faults());
    ConditionNode* const node =
        make(condition_operator_of(call->function).value_or(Op::attribute_exists));
    node->operands = call->arguments;
    if (node->op == Op::attribute_type && !reader_.faults()->any()) {
      node->type = *type_of_name(call->arguments->next->value.text());
    }
    return node;
  }

  Result<ConditionNode*> comparison(Operand* first) {
    reader_.count_operator();
    ConditionNode* node = nullptr;
    if (reader_.accept(Keyword::between)) {
      node = make(Op::between);
      Operand* const lower = TRY(reader_.operand());
      TRY(reader_.expect(Keyword::logical_and));
      Operand* const upper = TRY(reader_.operand());
      lower->next = upper;
      first->next = lower;
    } else if (reader_.accept(Keyword::in)) {
      node = make(Op::in);
      Operand* const candidate = TRY(candidates());
      first->next = candidate;
    } else {
      node = make(*comparator_of(reader_.token().kind));
      reader_.advance();
      Operand* const second = TRY(reader_.operand());
      first->next = second;
    }
    node->operands = first;
    check_operands(*node, reader_.faults());
    return node;
  }

  // What stands behind IN.
  Result<Operand*> candidates() {
    TRY(reader_.expect(TokenKind::left_parenthesis));
    Operand* const first = TRY(reader_.operand());
    for (Operand* last = first; reader_.accept(TokenKind::comma);) {
      Operand* const next = TRY(reader_.operand());
      last->next = next;
      last = next;
    }
    TRY(reader_.expect(TokenKind::right_parenthesis));
    return first;
  }

  ExpressionReader& reader_;
};

constexpr ExpressionRules rules_for(std::string_view prefix) {
  return {.prefix = prefix,
          .ranks = kConditionFaultRanks,
          .size_in_error = true,
          .counts_parentheses = true,
          .check_name = check_condition_function,
          .check_call = check_condition_call};
}

constexpr ExpressionRules kConditionRules = rules_for("Invalid ConditionExpression: ");
constexpr ExpressionRules kFilterRules = rules_for("Invalid FilterExpression: ");
constexpr ExpressionRules kKeyConditionRules = rules_for("Invalid KeyConditionExpression: ");

const ExpressionRules& rules_of(ConditionKind kind) {
  switch (kind) {
    case ConditionKind::filter:
      return kFilterRules;
    case ConditionKind::key_condition:
      return kKeyConditionRules;
    default:
      return kConditionRules;
  }
}

}  // namespace

Result<Condition> parse_condition(ConditionKind kind, std::string_view text,
                                  Placeholders* placeholders, Arena* arena) {
  ExpressionReader reader(rules_of(kind), text, placeholders, arena);
  TRY(reader.check_text());
  const ConditionNode* const root =
      TRY(parse_on_stack(text, [&] { return ConditionParser(&reader).run(); }));
  return Condition(root, reader.attributes());
}

}  // namespace stator
