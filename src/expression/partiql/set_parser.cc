// The grammar:
//
//   clauses    := (SET assignment (',' assignment)* | REMOVE path)+
//   assignment := path '=' value
//   value      := operand [('+' | '-') operand]
//               | set_add '(' path ',' bag ')' | set_delete '(' path ',' bag ')'
//   operand    := literal | path | list_append '(' operand ',' operand ')'
#include "expression/partiql/set_parser.h"

#include <algorithm>
#include <string>

#include "expression/path_set.h"
#include "expression/update_action.h"

namespace stator::partiql {
namespace {

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

bool is_set(ValueView value) {
  return value.type() == AttributeType::SS || value.type() == AttributeType::NS ||
         value.type() == AttributeType::BS;
}

class SetParser {
 public:
  explicit SetParser(Reader* reader) : reader_(*reader) {}

  Result<Update> run() {
    while (reader_.at(Word::set) || reader_.at(Word::remove)) {
      if (reader_.accept(Word::remove)) {
        const DocumentPath path = TRY(reader_.path(NamePlace::target));
        add(UpdateKind::remove, path, nullptr);
        continue;
      }
      reader_.advance();
      do {
        TRY(assignment());
      } while (reader_.accept(LexemeKind::comma));
    }
    if (count_ == 0) return not_well_formed("Expected data manipulation");
    Update update = gather_actions(first_, count_, &reader_.arena());
    check_targets(update);
    // An UPDATE creates no item.
    update.creates_item = false;
    return update;
  }

 private:
  void add(UpdateKind kind, const DocumentPath& path, const Operand* operand) {
    UpdateAction* const action = reader_.arena().make<UpdateAction>(
        UpdateAction{.kind = kind, .position = count_++, .path = path, .operand = operand});
    *last_ = action;
    last_ = &action->next;
  }

  Result<void> assignment() {
    const DocumentPath path = TRY(reader_.path(NamePlace::target));
    TRY(reader_.expect(LexemeKind::equal, "'='"));
    if (is_call()) {
      const std::string name = lower_case(reader_.token().text);
      if (name == "set_add") return set_call(UpdateKind::add, "SET_ADD", path);
      if (name == "set_delete") return set_call(UpdateKind::del, "SET_DELETE", path);
    }
    const Operand* const value = TRY(set_value());
    add(UpdateKind::set, path, value);
    return {};
  }

  void check_targets(const Update& update) {
    const std::span<DocumentPath> paths = reader_.arena().make_array<DocumentPath>(count_);
    for (const UpdateAction* const action : update.actions) paths[action->position] = action->path;
    check_apart(paths, update.paths, reader_.faults());
  }

  bool is_call() const {
    return reader_.at(LexemeKind::name) &&
           reader_.next_token().kind == LexemeKind::left_parenthesis;
  }

  // The rest of a set_add or set_delete, whose first argument is the target itself.
  Result<void> set_call(UpdateKind kind, const std::string& name, const DocumentPath& target) {
    reader_.advance();
    reader_.advance();
    const Position at_first = reader_.token().position;
    const bool has_path = reader_.at_name();
    const DocumentPath first = has_path ? TRY(reader_.path(NamePlace::term)) : DocumentPath();
    if (!has_path || !(first == target)) {
      return validation_error("The first argument to " + name +
                              " must equal the assignment value at " + at_first.text());
    }
    TRY(reader_.expect(LexemeKind::comma, ","));
    const Position at_second = reader_.token().position;
    const bool has_literal = reader_.at_literal();
    const Literal second = has_literal ? TRY(reader_.literal()) : Literal();
    if (!has_literal || !is_set(second.value)) {
      return validation_error("The second argument to " + name +
                              " must be a value with type SET at " + at_second.text());
    }
    TRY(reader_.expect(LexemeKind::right_parenthesis, ")"));
    add(kind, target, reader_.operand_of(second.value));
    return {};
  }

  Result<const Operand*> set_value() {
    Operand* const left = TRY(operand());
    const bool plus = reader_.at(LexemeKind::plus);
    if (!plus && !reader_.at(LexemeKind::minus)) return left;
    reader_.advance();
    Operand* const right = TRY(operand());
    left->next = right;
    const Operand* const sum =
        call_of(plus ? Function::plus : Function::minus, plus ? "+" : "-", left, AttributeType::N);
    return sum;
  }

  Operand* call_of(Function function, std::string_view name, Operand* arguments,
                   AttributeType type) {
    for (const Operand* each = arguments; each != nullptr; each = each->next) {
      const auto known = static_type(*each);
      if (!known || *known == type) continue;
      reader_.faults()->add(
          Fault::operand,
          {"Incorrect operand type for operator or function; operator or function: ", name,
           ", operand type: ", type_name(*known)});
    }
    return reader_.arena().make<Operand>(Operand{.kind = OperandKind::call,
                                                 .function = function,
                                                 .argument_count = 2,
                                                 .name = name,
                                                 .arguments = arguments});
  }

  Result<Operand*> operand() {
    if (reader_.at_literal()) {
      const Literal literal = TRY(reader_.literal());
      return reader_.operand_of(literal.value);
    }
    if (is_call()) return list_append();
    const DocumentPath path = TRY(reader_.path(NamePlace::term));
    return reader_.operand_of(path);
  }

  Result<Operand*> list_append() {
    const Reader::Nesting nesting(&reader_);
    if (!nesting.ok()) return reader_.too_deep();
    if (lower_case(reader_.token().text) != "list_append") {
      return validation_error("Unexpected path component at " + reader_.token().position.text());
    }
    reader_.advance();
    reader_.advance();
    Operand* const first = TRY(operand());
    TRY(reader_.expect(LexemeKind::comma, ","));
    Operand* const second = TRY(operand());
    TRY(reader_.expect(LexemeKind::right_parenthesis, ")"));
    first->next = second;
    return call_of(Function::list_append, "list_append", first, AttributeType::L);
  }

  Reader& reader_;
  const UpdateAction* first_ = nullptr;
  const UpdateAction** last_ = &first_;
  std::uint32_t count_ = 0;
};

}  // namespace

Result<Update> parse_set_clauses(Reader* reader) {
  return SetParser(reader).run();
}

}  // namespace stator::partiql
