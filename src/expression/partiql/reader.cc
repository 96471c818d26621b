#include "expression/partiql/reader.h"

#include <charconv>
#include <vector>

#include "base/limits.h"

namespace stator::partiql {
namespace {

constexpr std::int64_t kListIndexMax = 2147483647;

Error no_name(const Lexeme& token, NamePlace place) {
  switch (place) {
    case NamePlace::step:
      return not_well_formed("Invalid path dot component");
    case NamePlace::target:
      return not_well_formed("Expected identifier for simple path");
    case NamePlace::term:
      break;
  }
  return not_well_formed(token.keyword == Word::none ? "Unexpected term" : "Unexpected keyword");
}

}  // namespace

Error not_well_formed(std::string_view detail) {
  return validation_error("Statement wasn't well formed, can't be processed: " +
                          std::string(detail));
}

bool Reader::accept(LexemeKind kind) {
  if (!at(kind)) return false;
  advance();
  return true;
}

bool Reader::accept(Word keyword) {
  if (!at(keyword)) return false;
  advance();
  return true;
}

Result<void> Reader::expect(LexemeKind kind, std::string_view what) {
  if (accept(kind)) return {};
  return not_well_formed("Expected " + std::string(what));
}

Result<void> Reader::expect(Word keyword, std::string_view what) {
  if (accept(keyword)) return {};
  return not_well_formed("Expected " + std::string(what));
}

bool Reader::at_name() const {
  return at(LexemeKind::quoted) || (at(LexemeKind::name) && at(Word::none));
}

Result<std::string_view> Reader::name(NamePlace place) {
  if (!at_name()) return no_name(token(), place);
  const bool quoted = at(LexemeKind::quoted);
  std::string_view text = token().text;
  if (quoted) {
    text = text.find('"', 1) + 1 == text.size() ? text.substr(1, text.size() - 2)
                                                : arena_.copy(unquoted(text));
    if (text.empty()) return no_name(token(), place);
  }
  advance();
  return text;
}

Result<PathElement> Reader::path_index() {
  std::string digits;
  while (at(LexemeKind::minus) || at(LexemeKind::plus)) {
    if (at(LexemeKind::minus)) digits = "-";
    advance();
  }
  if (!at(LexemeKind::number)) return not_well_formed("Expected list index");
  digits += token().text;
  std::int64_t index = -1;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  const bool is_whole = read.ptr == digits.data() + digits.size();
  if (read.ec == std::errc() && !is_whole) return not_well_formed("Expected list index");
  if (read.ec != std::errc() || index < 0 || index > kListIndexMax) {
    return validation_error("List index is not within the allowable range; index: [" + digits +
                            "] at " + token().position.text());
  }
  advance();
  TRY(expect(LexemeKind::right_bracket, "]"));
  return PathElement{.name = {}, .index = static_cast<std::uint32_t>(index), .is_index = true};
}

Result<DocumentPath> Reader::path(NamePlace place) {
  // A call, of a keyword too, is told as one.
  const bool may_be_called = at(Word::none) || at(Word::other);
  if (may_be_called && at(LexemeKind::name) && next_token().kind == LexemeKind::left_parenthesis) {
    return validation_error("Unexpected path component at " + token().position.text());
  }
  std::vector<PathElement> elements;
  const std::string_view attribute = TRY(name(place));
  elements.push_back({.name = attribute});
  while (true) {
    if (accept(LexemeKind::dot)) {
      const std::string_view key = TRY(name(NamePlace::step));
      elements.push_back({.name = key});
    } else if (accept(LexemeKind::left_bracket)) {
      const PathElement index = TRY(path_index());
      elements.push_back(index);
    } else {
      break;
    }
  }
  if (elements.size() > static_cast<std::size_t>(kPathDepthMax)) {
    return validation_error("The document path has too many nesting levels; nesting levels: " +
                            std::to_string(elements.size()));
  }
  return DocumentPath{arena_.copy(elements)};
}

bool Reader::Nesting::ok() const {
  return depth_ <= kStatementDepthMax;
}

Error Reader::too_deep() const {
  return not_well_formed("Expression is nested too deeply");
}

Result<ValueView> Reader::parameter() {
  advance();
  if (parameters_used_ == parameters_.size()) {
    return validation_error("Number of parameters in request and statement don't match.");
  }
  return parameters_[parameters_used_++];
}

Result<void> Reader::finish() {
  const bool ended = accept(LexemeKind::semicolon);
  if (!at(LexemeKind::end)) {
    return not_well_formed(ended ? "Unexpected token after semicolon. (Only one query is allowed.)"
                                 : "Unexpected token after expression");
  }
  if (parameters_used_ != parameters_.size()) {
    return validation_error("Number of parameters in request and statement don't match.");
  }
  if (faults_.any()) return validation_error(faults_.message());
  return {};
}

}  // namespace stator::partiql
