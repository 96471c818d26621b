#include "expression/expression_reader.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/limits.h"
#include "expression/reserved_words.h"

namespace stator {
namespace {

// AWS: the largest index that an expression may name; it is a Java int.
constexpr std::uint64_t kListIndexMax = 2147483647;

// SET, REMOVE, ADD and DELETE are mere reserved words where an operand is expected.
bool is_operator(Keyword keyword) {
  return keyword >= Keyword::logical_and && keyword <= Keyword::in;
}

}  // namespace

Error ExpressionReader::error(std::string_view message) const {
  return validation_error(std::string(rules_.prefix).append(message));
}

Result<void> ExpressionReader::check_text() const {
  if (text_.empty()) return error("The expression can not be empty;");
  if (text_.size() <= kExpressionBytesMax) return {};
  std::string message = "Expression size has exceeded the maximum allowed size;";
  if (rules_.size_in_error) message += " expression size: " + std::to_string(text_.size());
  return error(message);
}

bool ExpressionReader::accept(TokenKind kind) {
  if (!at(kind)) return false;
  advance();
  return true;
}

bool ExpressionReader::accept(Keyword keyword) {
  if (!at(keyword)) return false;
  advance();
  return true;
}

Result<void> ExpressionReader::expect(TokenKind kind) {
  if (!accept(kind)) return syntax_error();
  return {};
}

Result<void> ExpressionReader::expect(Keyword keyword) {
  if (!accept(keyword)) return syntax_error();
  return {};
}

Result<void> ExpressionReader::finish() {
  if (!at(TokenKind::end)) return syntax_error();
  if (operators_ > kExpressionOperatorsMax) {
    // The count reported is the limit and one, however many there are.
    faults_.add(Fault::operators, {"The expression contains too many operators; operator count: ",
                                   std::to_string(kExpressionOperatorsMax + 1)});
  }
  if (faults_.any()) return error(faults_.message());
  return {};
}

std::span<const std::string_view> ExpressionReader::attributes() {
  const std::span<std::string_view> names = arena_.make_array<std::string_view>(attribute_count_);
  std::size_t at = attribute_count_;
  for (const AttributeUse* use = attributes_; use != nullptr; use = use->next) {
    names[--at] = use->name;
  }
  return names;
}

void ExpressionReader::note_attribute(std::string_view name) {
  attributes_ = arena_.make<AttributeUse>(name, attributes_);
  ++attribute_count_;
}

std::string_view ExpressionReader::defined_name(std::string_view placeholder) {
  const NamePlaceholder* const found = placeholders_.use_name(placeholder);
  if (found != nullptr) return found->name;
  faults_.add(Fault::undefined_name,
              {"An expression attribute name used in the document path is not defined; attribute "
               "name: ",
               placeholder});
  return placeholder;
}

Result<PathElement> ExpressionReader::path_name() {
  const std::string_view text = token().text;
  if (at(TokenKind::name)) {
    advance();
    return PathElement{.name = defined_name(text)};
  }
  if (!at(TokenKind::word)) return syntax_error();
  advance();
  if (is_reserved_word(text)) {
    faults_.add(Fault::reserved_word,
                {"Attribute name is a reserved keyword; reserved keyword: ", text});
  }
  return PathElement{.name = text};
}

// What stands between brackets.
Result<PathElement> ExpressionReader::path_index() {
  if (!at(TokenKind::number)) return syntax_error();
  const std::string_view digits = token().text;
  std::uint64_t index = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (read.ec != std::errc() || index > kListIndexMax) {
    faults_.add(Fault::path,
                {"List index is not within the allowable range; index: [", digits, "]"});
  }
  advance();
  TRY(expect(TokenKind::right_bracket));
  return PathElement{.index = static_cast<std::uint32_t>(index), .is_index = true};
}

Result<PathElement> ExpressionReader::path_element() {
  return accept(TokenKind::dot) ? path_name() : (advance(), path_index());
}

Result<DocumentPath> ExpressionReader::long_path(const PathElement& first) {
  std::array<PathElement, kPathDepthMax> elements;
  elements[0] = first;
  std::size_t count = 1;
  while (at(TokenKind::dot) || at(TokenKind::left_bracket)) {
    const PathElement element = TRY(path_element());
    if (count < elements.size()) elements[count] = element;
    ++count;
  }
  if (count > elements.size()) {
    faults_.add(Fault::path, {"The document path has too many nesting levels; nesting levels: ",
                              std::to_string(count)});
    count = elements.size();
  }
  const std::span<PathElement> kept = arena_.make_array<PathElement>(count);
  std::copy_n(elements.begin(), count, kept.begin());
  return DocumentPath{kept};
}

Result<DocumentPath> ExpressionReader::path() {
  const PathElement first = TRY(path_name());
  note_attribute(first.name);
  if (at(TokenKind::dot) || at(TokenKind::left_bracket)) return long_path(first);
  return DocumentPath{{arena_.make<PathElement>(first), 1}};
}

Result<ValueView> ExpressionReader::value() {
  if (!at(TokenKind::value)) return syntax_error();
  const std::string_view placeholder = token().text;
  advance();
  const ValuePlaceholder* const found = placeholders_.use_value(placeholder);
  if (found != nullptr) return found->value;
  faults_.add(Fault::undefined_value,
              {"An expression attribute value used in expression is not defined; attribute "
               "value: ",
               placeholder});
  return ValueView();
}

// operand := path | value | name '(' operand (',' operand)* ')' | '(' operand ')'
Result<Operand*> ExpressionReader::operand() {
  if (at(TokenKind::value)) {
    const ValueView literal = TRY(value());
    return arena_.make<Operand>(Operand{.kind = OperandKind::value, .value = literal});
  }
  if (accept(TokenKind::left_parenthesis)) {
    if (rules_.counts_parentheses && at(TokenKind::left_parenthesis)) {
      faults_.add(Fault::redundant_parentheses, {"The expression has redundant parentheses;"});
    }
    Operand* const inner = TRY(operand());
    TRY(expect(TokenKind::right_parenthesis));
    return inner;
  }
  if (is_operator(token().keyword)) return syntax_error();
  if (at(TokenKind::word) && next_token().kind == TokenKind::left_parenthesis) return call();
  const DocumentPath target = TRY(path());
  return arena_.make<Operand>(Operand{.kind = OperandKind::path, .path = target});
}

Result<Operand*> ExpressionReader::call() {
  Operand* const call = arena_.make<Operand>(Operand{
      .kind = OperandKind::call, .function = function_of(token().text), .name = token().text});
  rules_.check_name(*call, &faults_);
  count_operator();
  advance();
  advance();
  const Operand** last = &call->arguments;
  do {
    Operand* const argument = TRY(operand());
    *last = argument;
    last = &argument->next;
    ++call->argument_count;
  } while (accept(TokenKind::comma));
  TRY(expect(TokenKind::right_parenthesis));
  rules_.check_call(*call, &faults_);
  return call;
}

}  // namespace stator
