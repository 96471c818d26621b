// The grammar, by recursive descent:
//
//   disjunction := conjunction (OR conjunction)*
//   conjunction := negation (AND negation)*
//   negation    := NOT* primary
//   primary     := ('(' disjunction ')' | call | comparison) [('=' | '<>') (true | false)]
//   comparison  := operand comparator operand | operand [NOT] BETWEEN operand AND operand
//                | operand [NOT] IN ('(' | '[') operand (',' operand)* (')' | ']')
//                | operand IS [NOT] (MISSING | NULL)
//   operand     := path | literal | size '(' path ')'
#include "expression/partiql/where_parser.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "expression/condition_checks.h"
#include "expression/condition_node.h"

namespace stator::partiql {
namespace {

using Op = ConditionOperator;

std::optional<Op> comparator_of(LexemeKind kind) {
  switch (kind) {
    case LexemeKind::equal:
      return Op::equal;
    case LexemeKind::not_equal:
      return Op::not_equal;
    case LexemeKind::less:
      return Op::less;
    case LexemeKind::less_equal:
      return Op::less_equal;
    case LexemeKind::greater:
      return Op::greater;
    case LexemeKind::greater_equal:
      return Op::greater_equal;
    default:
      return std::nullopt;
  }
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

class WhereParser {
 public:
  explicit WhereParser(Reader* reader) : reader_(*reader) {}

  Result<Condition> run() {
    const ConditionNode* const root = TRY(disjunction());
    return Condition(root, reader_.arena().copy(attributes_));
  }

 private:
  using Node = ConditionNode;

  Node* make(Op op, const Node* children = nullptr) {
    return reader_.arena().make<Node>(Node{.op = op, .children = children});
  }

  // Conditions joined by one operator.
  template <typename Next>
  Result<Node*> chain(Word keyword, Op op, const Next& next) {
    Node* const first = TRY(next());
    if (!reader_.at(keyword)) return first;
    Node* const joined = make(op, first);
    for (Node* last = first; reader_.accept(keyword);) {
      TRY(check_right_side());
      Node* const node = TRY(next());
      last->next = node;
      last = node;
    }
    return joined;
  }

  // Behind an operator.
  Result<void> check_right_side() {
    if (!reader_.at(LexemeKind::end)) return {};
    return not_well_formed("Missing right-hand side expression of infix operator");
  }

  Result<Node*> disjunction() {
    return chain(Word::logical_or, Op::logical_or, [this] { return conjunction(); });
  }

  Result<Node*> conjunction() {
    return chain(Word::logical_and, Op::logical_and, [this] { return negation(); });
  }

  Result<Node*> negation() {
    bool negative = false;
    while (reader_.accept(Word::logical_not)) negative = !negative;
    Node* const node = TRY(primary());
    return negative ? make(Op::logical_not, node) : node;
  }

  Result<Node*> primary() {
    Node* node = TRY(unit());
    // A condition is a value: true or false.
    while (reader_.at(LexemeKind::equal) || reader_.at(LexemeKind::not_equal)) {
      const bool same = reader_.at(LexemeKind::equal);
      reader_.advance();
      if (!reader_.at(Word::value_true) && !reader_.at(Word::value_false)) {
        return not_well_formed("Expected boolean");
      }
      if (same != reader_.at(Word::value_true)) node = make(Op::logical_not, node);
      reader_.advance();
    }
    return node;
  }

  Result<Node*> unit() {
    if (reader_.at(LexemeKind::left_parenthesis)) {
      const Reader::Nesting nesting(&reader_);
      if (!nesting.ok()) return reader_.too_deep();
      reader_.advance();
      Node* const inner = TRY(disjunction());
      TRY(reader_.expect(LexemeKind::right_parenthesis, ")"));
      return inner;
    }
    if (is_call() && function_of(lower_case(reader_.token().text)) != Function::size) {
      return condition_call();
    }
    Operand* const first = TRY(operand());
    return comparison(first);
  }

  bool is_call() const {
    return reader_.at(LexemeKind::name) &&
           reader_.next_token().kind == LexemeKind::left_parenthesis;
  }

  // name '(' operand (',' operand)* ')'
  Result<Operand*> call() {
    const Reader::Nesting nesting(&reader_);
    if (!nesting.ok()) return reader_.too_deep();
    Operand* const call = reader_.arena().make<Operand>(Operand{.kind = OperandKind::call});
    call->name = reader_.arena().copy(lower_case(reader_.token().text));
    call->function = function_of(call->name);
    check_condition_function(*call, reader_.faults());
    reader_.advance();
    reader_.advance();
    Operand* last = nullptr;
    do {
      Operand* const argument = TRY(operand());
      (last == nullptr ? call->arguments : last->next) = argument;
      last = argument;
      ++call->argument_count;
    } while (reader_.accept(LexemeKind::comma));
    TRY(reader_.expect(LexemeKind::right_parenthesis, ")"));
    check_condition_call(*call, reader_.faults());
    return call;
  }

  Result<Node*> condition_call() {
    const Operand* const called = TRY(call());
    const auto op = condition_operator_of(called->function);
    check_condition_place(*called, reader_.faults());
    Node* const node = make(op.value_or(Op::attribute_exists));
    node->operands = called->arguments;
    if (op == Op::attribute_type && !reader_.faults()->any()) {
      node->type = *type_of_name(called->arguments->next->value.text());
    }
    return node;
  }

  Result<Operand*> operand() {
    if (reader_.at_literal()) {
      const Literal literal = TRY(reader_.literal());
      return reader_.operand_of(literal.value);
    }
    if (is_call()) return call();
    const DocumentPath path = TRY(reader_.path(NamePlace::term));
    attributes_.push_back(path.attribute());
    return reader_.operand_of(path);
  }

  Result<Node*> comparison(Operand* first) {
    if (reader_.accept(Word::is)) return is_kind(first);
    if (const auto op = comparator_of(reader_.token().kind)) {
      reader_.advance();
      TRY(check_right_side());
      Operand* const second = TRY(operand());
      first->next = second;
      return compared(*op, first);
    }
    const bool negative = reader_.accept(Word::logical_not);
    Node* node = nullptr;
    if (reader_.accept(Word::between)) {
      node = TRY(between(first));
    } else if (reader_.accept(Word::in)) {
      node = TRY(in(first));
    } else {
      return not_well_formed("Expected comparison operator");
    }
    check_operands(*node, reader_.faults());
    return negative ? make(Op::logical_not, node) : node;
  }

  Result<Node*> is_kind(Operand* operand) {
    const bool negative = reader_.accept(Word::logical_not);
    Node* node = nullptr;
    if (reader_.accept(Word::missing)) {
      node = make(negative ? Op::attribute_exists : Op::attribute_not_exists);
    } else if (reader_.accept(Word::null)) {
      node = make(Op::attribute_type);
      node->type = AttributeType::NUL;
    } else {
      return not_well_formed("Expected type name");
    }
    if (operand->kind != OperandKind::path) return not_well_formed("Expected path before IS");
    node->operands = operand;
    if (negative && node->op == Op::attribute_type) return make(Op::logical_not, node);
    return node;
  }

  Node* compared(Op op, Operand* first) {
    Node* const node = make(op);
    node->operands = first;
    check_operands(*node, reader_.faults());
    if (op != Op::not_equal) return node;
    // What is missing is neither equal nor unequal to something.
    Node* whole = node;
    for (const Operand* operand = first; operand != nullptr; operand = operand->next) {
      if (operand->kind != OperandKind::path) continue;
      Node* const exists = make(Op::attribute_exists);
      exists->operands = reader_.operand_of(operand->path);
      exists->next = whole;
      whole = make(Op::logical_and, exists);
    }
    return whole;
  }

  Result<Node*> between(Operand* first) {
    Operand* const lower = TRY(operand());
    TRY(reader_.expect(Word::logical_and, "AND"));
    if (reader_.at(LexemeKind::end)) return not_well_formed("Expected expression after AND");
    Operand* const upper = TRY(operand());
    lower->next = upper;
    first->next = lower;
    Node* const node = make(Op::between);
    node->operands = first;
    return node;
  }

  Result<Node*> in(Operand* first) {
    const bool brackets = reader_.at(LexemeKind::left_bracket);
    const LexemeKind end = brackets ? LexemeKind::right_bracket : LexemeKind::right_parenthesis;
    if (!brackets && !reader_.at(LexemeKind::left_parenthesis)) {
      return not_well_formed("Expected list of values behind IN");
    }
    reader_.advance();
    Operand* last = first;
    do {
      Operand* const candidate = TRY(operand());
      last->next = candidate;
      last = candidate;
    } while (reader_.accept(LexemeKind::comma));
    TRY(reader_.expect(end, brackets ? "]" : ")"));
    Node* const node = make(Op::in);
    node->operands = first;
    return node;
  }

  Reader& reader_;
  std::vector<std::string_view> attributes_;
};

}  // namespace

Result<Condition> parse_where(Reader* reader) {
  return WhereParser(reader).run();
}

}  // namespace stator::partiql
