// The grammar, by recursive descent:
//
//   update  := section+                       each keyword at most once
//   section := SET path '=' value, ..
//            | REMOVE path, ..
//            | ADD path literal, ..
//            | DELETE path literal, ..
//   value   := operand | operand ('+' | '-') operand | '(' value ')'
#include <array>

#include "expression/expression_reader.h"
#include "expression/parse_stack.h"
#include "expression/path_set.h"
#include "expression/update.h"
#include "expression/update_action.h"

namespace stator {
namespace {

void add_type_fault(std::string_view name, AttributeType type, Fault fault, Faults* faults) {
  faults->add(fault, {"Incorrect operand type for operator or function; operator or function: ",
                      name, ", operand type: ", type_name(type)});
}

void check_function(const Operand& call, Faults* faults) {
  switch (call.function) {
    case Function::if_not_exists:
    case Function::list_append:
      return;
    case Function::unknown:
      faults->add(Fault::unknown_function, {"Invalid function name; function: ", call.name});
      return;
    default:
      faults->add(Fault::unknown_function,
                  {"The function is not allowed in an update expression; function: ", call.name});
  }
}

// The types of arguments, for list_append and the operators.
void check_argument_types(const Operand& call, AttributeType wanted, Faults* faults) {
  for (const Operand* argument = call.arguments; argument != nullptr; argument = argument->next) {
    const std::optional<AttributeType> type = static_type(*argument);
    if (type && *type != wanted) add_type_fault(call.name, *type, Fault::function, faults);
  }
}

void check_call(const Operand& call, Faults* faults) {
  if (call.argument_count != 2) {
    faults->add(Fault::function,
                {"Incorrect number of operands for operator or function; operator or function: ",
                 call.name, ", number of operands: ", std::to_string(call.argument_count)});
    return;
  }
  if (call.function == Function::list_append) {
    check_argument_types(call, AttributeType::L, faults);
  } else if (call.arguments->kind != OperandKind::path) {
    faults->add(
        Fault::function,
        {"Operator or function requires a document path; operator or function: ", call.name});
  }
}

constexpr ExpressionRules kRules = {.prefix = "Invalid UpdateExpression: ",
                                    .ranks = kUpdateFaultRanks,
                                    .size_in_error = false,
                                    .counts_parentheses = false,
                                    .check_name = check_function,
                                    .check_call = check_call};

std::string_view kind_name(UpdateKind kind) {
  constexpr std::array<std::string_view, 4> kNames = {"SET", "REMOVE", "ADD", "DELETE"};
  return kNames[static_cast<std::size_t>(kind)];
}

// The words that this one error uses for types.
std::string_view long_type_name(AttributeType type) {
  switch (type) {
    case AttributeType::S:
      return "STRING";
    case AttributeType::N:
      return "NUMBER";
    case AttributeType::B:
      return "BINARY";
    case AttributeType::BOOL:
      return "BOOL";
    case AttributeType::NUL:
      return "NULL";
    case AttributeType::L:
      return "LIST";
    case AttributeType::M:
      return "MAP";
    default:
      return type_name(type);
  }
}

void check_literal(UpdateKind kind, const Operand& operand, Faults* faults) {
  const std::optional<AttributeType> type = static_type(operand);
  if (!type || is_set(*type) || (kind == UpdateKind::add && *type == AttributeType::N)) return;
  // DELETE names the type set of ADD too.
  faults->add(Fault::operand,
              {"Incorrect operand type for operator or function; operator: ", kind_name(kind),
               ", operand type: ", long_type_name(*type), ", typeSet: ALLOWED_FOR_ADD_OPERAND"});
}

class UpdateParser {
 public:
  explicit UpdateParser(ExpressionReader* reader) : reader_(*reader) {}

  Result<Update> run() {
    do {
      TRY(section());
    } while (!reader_.at(TokenKind::end));
    const Update update = collect();
    TRY(reader_.finish());
    return update;
  }

 private:
  Result<void> section() {
    const Keyword keyword = reader_.token().keyword;
    if (keyword < Keyword::set) return reader_.syntax_error();
    const auto kind =
        static_cast<UpdateKind>(static_cast<int>(keyword) - static_cast<int>(Keyword::set));
    reader_.advance();
    bool& seen = seen_[static_cast<std::size_t>(kind)];
    if (seen) {
      reader_.faults()->add(
          Fault::repeated_section,
          {"The \"", kind_name(kind), "\" section can only be used once in an update expression;"});
    }
    seen = true;
    do {
      TRY(action(kind));
    } while (reader_.accept(TokenKind::comma));
    return {};
  }

  Result<void> action(UpdateKind kind) {
    const DocumentPath path = TRY(reader_.path());
    const Operand* operand = nullptr;
    if (kind == UpdateKind::set) {
      TRY(reader_.expect(TokenKind::equal));
      const SetValue value = TRY(set_value());
      operand = value.operand;
    } else if (kind != UpdateKind::remove) {
      const Operand* const added = TRY(literal(kind));
      operand = added;
    }
    auto* const made = reader_.arena().make<UpdateAction>(
        UpdateAction{.kind = kind, .position = count_++, .path = path, .operand = operand});
    *last_ = made;
    last_ = &made->next;
    return {};
  }

  Result<const Operand*> literal(UpdateKind kind) {
    const ValueView value = TRY(reader_.value());
    const Operand* const operand =
        reader_.arena().make<Operand>(Operand{.kind = OperandKind::value, .value = value});
    check_literal(kind, *operand, reader_.faults());
    return operand;
  }

  // What SET assigns; arithmetic is no operand of further arithmetic.
  struct SetValue {
    Operand* operand = nullptr;
    bool arithmetic = false;
  };

  Result<SetValue> set_value() {
    SetValue left = TRY(first_operand());
    const bool plus = reader_.at(TokenKind::plus);
    if (left.arithmetic || (!plus && !reader_.at(TokenKind::minus))) return left;
    reader_.advance();
    reader_.count_operator();
    Operand* const right = TRY(reader_.operand());
    left.operand->next = right;
    Operand* const call =
        reader_.arena().make<Operand>(Operand{.kind = OperandKind::call,
                                              .function = plus ? Function::plus : Function::minus,
                                              .argument_count = 2,
                                              .name = plus ? "+" : "-",
                                              .arguments = left.operand});
    check_argument_types(*call, AttributeType::N, reader_.faults());
    return SetValue{.operand = call, .arithmetic = true};
  }

  Result<SetValue> first_operand() {
    if (!reader_.at(TokenKind::left_parenthesis)) {
      Operand* const operand = TRY(reader_.operand());
      return SetValue{.operand = operand};
    }
    reader_.advance();
    const SetValue inner = TRY(set_value());
    TRY(reader_.expect(TokenKind::right_parenthesis));
    return inner;
  }

  // Gathers the actions, and compares their paths.
  Update collect() {
    const Update update = gather_actions(first_, count_, &reader_.arena());
    const std::span<DocumentPath> paths = reader_.arena().make_array<DocumentPath>(count_);
    for (const UpdateAction* const action : update.actions) paths[action->position] = action->path;
    check_apart(paths, update.paths, reader_.faults());
    return update;
  }

  ExpressionReader& reader_;
  std::array<bool, 4> seen_{};
  const UpdateAction* first_ = nullptr;
  const UpdateAction** last_ = &first_;
  std::uint32_t count_ = 0;
};

}  // namespace

Result<Update> parse_update(std::string_view text, Placeholders* placeholders, Arena* arena) {
  ExpressionReader reader(kRules, text, placeholders, arena);
  TRY(reader.check_text());
  return parse_on_stack(text, [&] { return UpdateParser(&reader).run(); });
}

}  // namespace stator
