// Literal values: written straight into the form of model/value.h.
#include <algorithm>
#include <vector>

#include "base/limits.h"
#include "expression/partiql/reader.h"
#include "model/attribute_name.h"
#include "model/item.h"
#include "model/number.h"
#include "model/value_writer.h"

namespace stator::partiql {
namespace {

constexpr int kLiteralLevelsMax = kNestingLevelsMax - 1;  // lists and maps around a leaf

Error bad_bag() {
  return validation_error(
      "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags");
}

// What a bag holds.
struct BagElements {
  std::vector<std::string> numbers;  // bytes
  std::vector<std::string> strings;
  std::vector<std::string> texts;  // as written
};

std::string joined(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + text;
  return "[" + list + "]";
}

// Puts something behind a place for a scope: "root" + ".a".
class Step {
 public:
  Step(std::string* place, const std::string& step) : place_(*place), size_(place->size()) {
    place_ += step;
  }
  ~Step() { place_.resize(size_); }
  Step(const Step&) = delete;
  Step& operator=(const Step&) = delete;

 private:
  std::string& place_;
  const std::size_t size_;
};

}  // namespace

bool Reader::at_literal() const {
  switch (token().kind) {
    case LexemeKind::string:
    case LexemeKind::number:
    case LexemeKind::plus:
    case LexemeKind::minus:
    case LexemeKind::left_bracket:
    case LexemeKind::left_brace:
    case LexemeKind::left_bag:
    case LexemeKind::question:
      return true;
    default:
      return at(Word::value_true) || at(Word::value_false) || at(Word::null);
  }
}

Result<Literal> Reader::literal() {
  const Position position = token().position;
  if (at(LexemeKind::question)) {
    const ValueView value = TRY(parameter());
    return Literal{.value = value, .position = position};
  }
  std::string bytes;
  std::string place = "root";
  TRY(append_value(&place, 0, &bytes));
  return Literal{.value = ValueView(arena_.copy(bytes)), .position = position};
}

Result<std::string_view> Reader::item() {
  TRY(expect(LexemeKind::left_brace, "{"));
  std::string bytes;
  std::string place = "root";
  ItemWriter item(&bytes);
  if (!at(LexemeKind::right_brace)) {
    do {
      const std::string name = TRY(map_name());
      item.add(name);
      if (at(LexemeKind::question)) {
        const ValueView value = TRY(parameter());
        bytes.append(value.bytes());
      } else {
        const Step step(&place, "." + name);
        TRY(append_value(&place, 0, &bytes));
      }
    } while (accept(LexemeKind::comma));
  }
  TRY(expect(LexemeKind::right_brace, "}"));
  const std::size_t size = item.finish().bytes().size();
  return arena_.copy(std::string_view(bytes).substr(bytes.size() - size));
}

Result<void> Reader::check_level(const std::string& place, int levels) const {
  if (levels <= kLiteralLevelsMax) return {};
  return validation_error("Nesting Levels have exceeded supported limits under " + place);
}

Error Reader::parameter_inside(const std::string& place) const {
  return validation_error("Unsupported data type: Parameter under key " + place + " at " +
                          token().position.text());
}

Result<void> Reader::append_value(std::string* place, int levels, std::string* out) {
  switch (token().kind) {
    case LexemeKind::string:
      append_string(unquoted(token().text), out);
      advance();
      return {};
    case LexemeKind::number:
    case LexemeKind::plus:
    case LexemeKind::minus:
      return append_number(out);
    case LexemeKind::left_bracket:
      return append_list(place, levels + 1, out);
    case LexemeKind::left_brace:
      return append_map(place, levels + 1, out);
    case LexemeKind::left_bag:
      return append_bag(place, out);
    case LexemeKind::question:
      return parameter_inside(*place);
    default:
      return append_word(out);
  }
}

Result<void> Reader::append_number(std::string* out) {
  bool negative = false;
  while (at(LexemeKind::minus) || at(LexemeKind::plus)) {
    negative ^= at(LexemeKind::minus);
    advance();
  }
  if (!at(LexemeKind::number)) return not_well_formed("Expected number");
  std::string text = negative ? "-" : "";
  text += token().text.starts_with('.') ? "0" : "";
  text += token().text;
  const Number number = TRY(parse_number(text));
  stator::append_number(number, out);
  advance();
  return {};
}

Result<void> Reader::append_word(std::string* out) {
  if (at(Word::value_true) || at(Word::value_false)) {
    append_bool(at(Word::value_true), out);
  } else if (at(Word::null)) {
    append_null(out);
  } else {
    return not_well_formed("Expected value");
  }
  advance();
  return {};
}

Result<void> Reader::append_list(std::string* place, int levels, std::string* out) {
  TRY(check_level(*place, levels));
  advance();
  ListWriter list(out);
  std::size_t count = 0;
  if (!at(LexemeKind::right_bracket)) {
    do {
      const Step step(place, "[" + std::to_string(count++) + "]");
      list.add();
      TRY(append_value(place, levels, out));
    } while (accept(LexemeKind::comma));
  }
  list.finish();
  return expect(LexemeKind::right_bracket, "]");
}

Result<std::string> Reader::map_name() {
  if (!at(LexemeKind::string)) return not_well_formed("Expected attribute name");
  std::string name = unquoted(token().text);
  advance();
  TRY(expect(LexemeKind::colon, ":"));
  return name;
}

Result<void> Reader::append_map(std::string* place, int levels, std::string* out) {
  TRY(check_level(*place, levels));
  advance();
  MapWriter map(out);
  if (!at(LexemeKind::right_brace)) {
    do {
      const std::string name = TRY(map_name());
      const std::string_view fault = attribute_name_fault(name);
      if (!fault.empty()) return validation_error(std::string(fault));
      const Step step(place, "." + name);
      map.add(name);
      TRY(append_value(place, levels, out));
    } while (accept(LexemeKind::comma));
  }
  map.finish();
  return expect(LexemeKind::right_brace, "}");
}

Result<void> Reader::append_bag(std::string* place, std::string* out) {
  advance();
  if (at(LexemeKind::right_bag)) return validation_error("Empty bags are not supported");
  BagElements bag;
  do {
    const bool negative_or_number =
        at(LexemeKind::number) || at(LexemeKind::minus) || at(LexemeKind::plus);
    if (!at(LexemeKind::string) && !negative_or_number) {
      if (at(LexemeKind::question)) return parameter_inside(*place);
      if (at_literal()) return bad_bag();
      return not_well_formed("Expected value");
    }
    std::string bytes;
    std::string text(token().text);
    TRY(append_value(place, 0, &bytes));
    const ValueView value(bytes);
    if (value.type() == AttributeType::S) {
      bag.strings.emplace_back(value.text());
      bag.texts.emplace_back(value.text());
    } else {
      bag.numbers.emplace_back(value.number());
      bag.texts.push_back(std::move(text));
    }
  } while (accept(LexemeKind::comma));
  TRY(expect(LexemeKind::right_bag, ">>"));
  if (!bag.numbers.empty() && !bag.strings.empty()) return bad_bag();
  const bool numbers = bag.strings.empty();
  std::vector<std::string>& elements = numbers ? bag.numbers : bag.strings;
  std::vector<std::string_view> views(elements.begin(), elements.end());
  if (append_set(numbers ? AttributeType::NS : AttributeType::SS, &views, out)) return {};
  return validation_error("One or more parameter values were invalid: Input collection " +
                          joined(bag.texts) +
                          (numbers ? " contains duplicates! under root" : " contains duplicates."));
}

}  // namespace stator::partiql
