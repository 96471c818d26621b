#include "key_condition.h"

#include <algorithm>

namespace stator::plain {
namespace {

// The test with its operands exchanged.
Test mirrored(Test test) {
  switch (test) {
    case Test::less:
      return Test::greater;
    case Test::less_equal:
      return Test::greater_equal;
    case Test::greater:
      return Test::less;
    case Test::greater_equal:
      return Test::less_equal;
    default:
      return test;
  }
}

std::string comparison(const std::string& name, Test test, const Value& value, Random* random,
                       Placeholders* placeholders) {
  const std::string operand = placeholders->value(value);
  if (random->chance(80)) return name + comparator(test) + operand;
  return operand + comparator(mirrored(test)) + name;
}

std::string text_of(const std::string& name, const SortTest& test, Random* random,
                    Placeholders* placeholders) {
  if (test.test == Test::begins_with) {
    return "begins_with(" + name + ", " + placeholders->value(test.first) + ")";
  }
  if (test.test != Test::between) {
    return comparison(name, test.test, test.first, random, placeholders);
  }
  const std::string least = placeholders->value(test.first);
  return name + " BETWEEN " + least + " and " + placeholders->value(test.second);
}

}  // namespace

bool matches(const KeyCondition& condition, const Item& item) {
  const bool equal =
      std::all_of(condition.equal.begin(), condition.equal.end(),
                  [&](const auto& clause) { return item.at(clause.first) == clause.second; });
  return equal &&
         (!condition.test || matches(condition.test->second, item.at(condition.test->first)));
}

std::string text_of(const KeyCondition& condition, Random* random, Placeholders* placeholders) {
  std::vector<std::string> clauses;
  const auto add = [&](std::string clause) {
    const auto place = static_cast<std::ptrdiff_t>(random->below(clauses.size() + 1));
    clauses.insert(clauses.begin() + place, std::move(clause));
  };
  for (const auto& [name, value] : condition.equal) {
    add(comparison(placeholders->path({{.name = name}}), Test::equal, value, random, placeholders));
  }
  if (condition.test) {
    const auto& [name, test] = *condition.test;
    add(text_of(placeholders->path({{.name = name}}), test, random, placeholders));
  }
  std::string text;
  for (const std::string& clause : clauses) text += (text.empty() ? "" : " AND ") + clause;
  return text;
}

}  // namespace stator::plain
