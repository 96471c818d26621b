#include "expression_text.h"

#include <algorithm>
#include <map>
#include <utility>

namespace stator::plain {
namespace {

using Kinds = std::vector<std::string>;

const Kinds& all_kinds() {
  static const Kinds kinds = {"AND", "OR",   "NOT",   "BETWEEN", "IN",     "SET",    "REMOVE",
                              "ADD", "word", "#name", ":value",  "number", "(",      ")",
                              "[",   "]",    ",",     ".",       "+",      "-",      "=",
                              "<>",  "<",    "<=",    ">",       ">=",     "DELETE", "bad"};
  return kinds;
}

// How a kind of token may be spelt, where not as it is called.
const std::map<std::string, Kinds>& spellings() {
  static const std::map<std::string, Kinds> spellings = {
      {"AND", {"AND", "and", "aNd"}},
      {"OR", {"OR", "or"}},
      {"NOT", {"NOT", "not"}},
      {"BETWEEN", {"BETWEEN", "between"}},
      {"IN", {"IN", "In"}},
      {"SET", {"SET", "set"}},
      {"REMOVE", {"REMOVE", "remove"}},
      {"ADD", {"ADD", "add"}},
      {"DELETE", {"DELETE", "delete"}},
      {"word", {"a", "b2", "_c", "size", "contains", "list_append", "if_not_exists", "nope"}},
      {"#name", {"#n", "#1", "#_"}},
      {":value", {":v", ":1", ":_x"}},
      {"number", {"0", "7", "70", "2147483648"}},
      {"bad", {"!", "@", "'", "\"", "&", "*", "/", "\xC3\xA9", "\xF0\x9F\x98\x80"}}};
  return spellings;
}

std::string spelt(const std::string& kind, Random* random) {
  const auto found = spellings().find(kind);
  return found == spellings().end() ? kind : random->one_of(found->second);
}

// Puts some neighbouring tokens of another sentence in.
void graft(const Grammar& grammar, Kinds* kinds, Random* random) {
  const Kinds other = draw_sentence(grammar, random);
  const std::size_t first = random->below(other.size());
  const std::size_t last =
      first + 1 + random->below(std::min<std::size_t>(4, other.size() - first));
  const auto place = static_cast<std::ptrdiff_t>(random->below(kinds->size() + 1));
  kinds->insert(kinds->begin() + place, other.begin() + static_cast<std::ptrdiff_t>(first),
                other.begin() + static_cast<std::ptrdiff_t>(last));
}

void spoil(const Grammar& grammar, Kinds* kinds, Random* random) {
  const auto at = [&] { return static_cast<std::ptrdiff_t>(random->below(kinds->size())); };
  if (kinds->empty()) return;
  switch (random->below(5)) {
    case 0:
      kinds->erase(kinds->begin() + at());
      break;
    case 1: {
      const std::ptrdiff_t place = at();
      const std::string again = (*kinds)[static_cast<std::size_t>(place)];
      kinds->insert(kinds->begin() + place, again);
      break;
    }
    case 2:
      std::swap((*kinds)[static_cast<std::size_t>(at())], (*kinds)[static_cast<std::size_t>(at())]);
      break;
    case 3:
      kinds->insert(kinds->begin() + at(), random->one_of(all_kinds()));
      break;
    default:
      graft(grammar, kinds, random);
  }
}

// Whether two tokens stay two without a blank between them.
bool may_touch(const std::string& left, const std::string& right) {
  static const std::string kAlone = "()[],";
  const auto is_alone = [](const std::string& text) {
    return text.size() == 1 && kAlone.find(text) != std::string::npos;
  };
  return is_alone(left) || is_alone(right);
}

std::string blank(Random* random) {
  static const Kinds blanks = {" ", " ", " ", "  ", "\t", "\n", "\r\n"};
  return random->one_of(blanks);
}

ExpressionText written(const Kinds& kinds, Random* random) {
  ExpressionText expression;
  std::string previous;
  for (const std::string& kind : kinds) {
    const std::string token = spelt(kind, random);
    const bool touches = may_touch(previous, token) && random->chance(50);
    if (!expression.text.empty() && !touches) expression.text += blank(random);
    const std::size_t begin = expression.text.size();
    expression.text += token;
    expression.tokens.push_back({kind, begin, expression.text.size()});
    previous = token;
  }
  return expression;
}

}  // namespace

std::vector<std::string> ExpressionText::kinds() const {
  std::vector<std::string> kinds;
  for (const Token& token : tokens) kinds.push_back(token.kind);
  return kinds;
}

ExpressionText draw_text(const Grammar& grammar, Random* random) {
  Kinds kinds = draw_sentence(grammar, random);
  if (random->chance(80)) {
    for (std::size_t i = 1 + random->below(2); i > 0; --i) spoil(grammar, &kinds, random);
  }
  return written(kinds, random);
}

std::string syntax_error(const Grammar& grammar, const ExpressionText& expression) {
  const Reading reading = read(grammar, expression.kinds());
  if (reading.whole) return "";
  const std::vector<ExpressionText::Token>& tokens = expression.tokens;
  const std::size_t at = reading.accepted;
  if (at == tokens.size()) {
    return "Syntax error; token: \"<EOF>\", near: \"" + expression.text_of(at - 1) + "\"";
  }
  const std::size_t begin = tokens[at == 0 ? 0 : at - 1].begin;
  const std::size_t end = tokens[std::min(at + 1, tokens.size() - 1)].end;
  return "Syntax error; token: \"" + expression.text_of(at) + "\", near: \"" +
         expression.text.substr(begin, end - begin) + "\"";
}

}  // namespace stator::plain
