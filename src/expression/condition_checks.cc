#include "expression/condition_checks.h"

#include <array>
#include <string>

#include "base/limits.h"
#include "model/number.h"

namespace stator {
namespace {

using Op = ConditionOperator;

bool is_ordered(AttributeType type) {
  return type == AttributeType::S || type == AttributeType::N || type == AttributeType::B;
}

bool is_text(AttributeType type) {
  return type == AttributeType::S || type == AttributeType::B;
}

bool has_size(AttributeType type) {
  return type != AttributeType::N && type != AttributeType::BOOL && type != AttributeType::NUL;
}

bool may_contain(AttributeType type) {
  return has_size(type) && type != AttributeType::M;
}

void add_type_fault(std::string_view name, std::string_view type, Faults* faults) {
  faults->add(Fault::operand,
              {"Incorrect operand type for operator or function; operator or function: ", name,
               ", operand type: ", type});
}

// Whether the type of `operand`, if it is known, is one that `allowed` takes.
void check_type(std::string_view name, const Operand& operand, bool (*allowed)(AttributeType),
                Faults* faults) {
  const std::optional<AttributeType> type = static_type(operand);
  if (type && !allowed(*type)) add_type_fault(name, type_name(*type), faults);
}

void check_path(const Operand& call, Faults* faults) {
  if (call.arguments->kind == OperandKind::path) return;
  faults->add(Fault::operand,
              {"Operator or function requires a document path; operator or function: ", call.name});
}

void check_distinct(std::string_view name, const Operand& first, Faults* faults) {
  if (first.kind != OperandKind::path || !faults->wants(Fault::operand)) return;
  for (const Operand* other = first.next; other != nullptr; other = other->next) {
    if (other->kind != OperandKind::path || !(other->path == first.path)) continue;
    faults->add(Fault::operand,
                {"The first operand must be distinct from the remaining operands for this operator "
                 "or function; operator: ",
                 name, ", first operand: ", to_string(first.path)});
  }
}

void check_attribute_type(const Operand& call, Faults* faults) {
  check_path(call, faults);
  const Operand& asked = *call.arguments->next;
  if (asked.kind != OperandKind::value) {
    add_type_fault(call.name, "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}", faults);
    return;
  }
  const std::optional<AttributeType> type = static_type(asked);
  if (!type) return;
  if (*type != AttributeType::S) {
    add_type_fault(call.name, type_name(*type), faults);
  } else if (!type_of_name(asked.value.text())) {
    faults->add(Fault::operand, {"Invalid attribute type name found; type: ", asked.value.text(),
                                 ", valid types: {N,BS,L,B,NULL,M,S,SS,NS,BOOL}"});
  }
}

std::uint32_t arity_of(Function function) {
  switch (function) {
    case Function::attribute_exists:
    case Function::attribute_not_exists:
    case Function::size:
      return 1;
    default:
      return 2;
  }
}

void check_arguments(const Operand& call, Faults* faults) {
  const Operand& first = *call.arguments;
  switch (call.function) {
    case Function::attribute_exists:
    case Function::attribute_not_exists:
      check_path(call, faults);
      break;
    case Function::attribute_type:
      check_attribute_type(call, faults);
      break;
    case Function::begins_with:
      check_type(call.name, first, is_text, faults);
      check_type(call.name, *first.next, is_text, faults);
      check_distinct(call.name, first, faults);
      break;
    case Function::contains:
      check_type(call.name, first, may_contain, faults);
      check_distinct(call.name, first, faults);
      break;
    case Function::size:
      check_type(call.name, first, has_size, faults);
      break;
    default:
      break;
  }
}

void append_base64(std::string_view bytes, std::string* out) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto at = [&](std::size_t k) {
      return i + k < bytes.size() ? std::uint32_t{to_byte(bytes[i + k])} : 0U;
    };
    const std::uint32_t group = at(0) << 16 | at(1) << 8 | at(2);
    for (unsigned k = 0; k < 4; ++k) {
      *out += i + k <= bytes.size() ? kAlphabet[group >> (18 - 6 * k) & 63] : '=';
    }
  }
}

// "AttributeValue: {N:1}", of an S, N or B.
std::string bound_text(ValueView value) {
  std::string text = "AttributeValue: {";
  text += type_name(value.type());
  text += ':';
  switch (value.type()) {
    case AttributeType::N:
      append_number_text(value.number(), &text);
      break;
    case AttributeType::B:
      append_base64(value.text(), &text);
      break;
    default:
      text += value.text();
  }
  return text + "}";
}

void check_bounds(const Operand& lower, const Operand& upper, Faults* faults) {
  if (lower.kind != OperandKind::value || upper.kind != OperandKind::value) return;
  if (!static_type(lower) || !static_type(upper) || !faults->wants(Fault::operand)) return;
  std::string_view problem;
  if (lower.value.type() != upper.value.type()) {
    problem = "The BETWEEN operator requires same data type for lower and upper bounds";
  } else if (lower.value.scalar() > upper.value.scalar()) {
    problem =
        "The BETWEEN operator requires upper bound to be greater than or equal to lower bound";
  } else {
    return;
  }
  faults->add(Fault::operand, {problem, "; lower bound operand: ", bound_text(lower.value),
                               ", upper bound operand: ", bound_text(upper.value)});
}

void check_in_count(const Operand& first, Faults* faults) {
  std::size_t count = 0;
  for (const Operand* candidate = first.next; candidate != nullptr; candidate = candidate->next) {
    ++count;
  }
  if (count <= kInOperandsMax) return;
  faults->add(Fault::operand, {"The IN operator is provided with too many operands; number of "
                               "operands: ",
                               std::to_string(count)});
}

}  // namespace

void check_condition_function(const Operand& call, Faults* faults) {
  if (call.function != Function::unknown) return;
  faults->add(Fault::unknown_function, {"Invalid function name; function: ", call.name});
}

void check_operand_place(const Operand& operand, Faults* faults) {
  if (operand.kind != OperandKind::call || operand.function == Function::size) return;
  faults->add(Fault::misused_function,
              {"The function is not allowed to be used this way in an expression; function: ",
               operand.name});
}

void check_condition_place(const Operand& call, Faults* faults) {
  switch (call.function) {
    case Function::size:
    case Function::if_not_exists:
    case Function::list_append:
      faults->add(Fault::misused_function,
                  {"The function is not allowed to be used this way in an expression; function: ",
                   call.name});
      break;
    default:
      break;
  }
}

void check_condition_call(const Operand& call, Faults* faults) {
  for (const Operand* argument = call.arguments; argument != nullptr; argument = argument->next) {
    check_operand_place(*argument, faults);
  }
  if (call.function == Function::unknown || call.argument_count != arity_of(call.function)) {
    faults->add(Fault::function,
                {"Incorrect number of operands for operator or function; operator or function: ",
                 call.name, ", number of operands: ", std::to_string(call.argument_count)});
    return;
  }
  check_arguments(call, faults);
}

void check_operands(const ConditionNode& node, Faults* faults) {
  const std::string_view name = operator_name(node.op);
  const bool ordering = node.op >= Op::less && node.op <= Op::between;
  for (const Operand* operand = node.operands; operand != nullptr; operand = operand->next) {
    check_operand_place(*operand, faults);
    if (ordering) check_type(name, *operand, is_ordered, faults);
  }
  const Operand& first = *node.operands;
  check_distinct(name, first, faults);
  if (node.op == Op::between) check_bounds(*first.next, *first.next->next, faults);
  if (node.op == Op::in) check_in_count(first, faults);
}

}  // namespace stator
