#include "draw_expression.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace stator::plain {
namespace {

constexpr std::size_t kIndexMax = 4;

Operand operand_of(Path path) {
  return {.kind = OperandKind::path, .path = std::move(path)};
}

}  // namespace

Path ExpressionDraw::path_into(const Item& item) {
  const auto any_member = [&](const Item& members) {
    return std::next(members.begin(), static_cast<std::ptrdiff_t>(random_.below(members.size())));
  };
  const auto attribute = any_member(item);
  Path path = {{.name = attribute->first}};
  const Value* value = &attribute->second;
  while (random_.chance(60)) {
    if (value->type == Type::L) {
      path.push_back({.index = random_.below(value->list.size() + 1)});
    } else if (value->type == Type::M && !value->map.empty() && random_.chance(80)) {
      path.push_back({.name = any_member(value->map)->first});
    } else if (value->type == Type::M) {
      path.push_back({.name = values_.member_name()});
    }
    value = find(item, path);
    if (value == nullptr || (value->type != Type::L && value->type != Type::M)) break;
  }
  return path;
}

Path ExpressionDraw::path() {
  Path path = any_path();
  if (whole_.contains(path.front().name)) path.resize(1);
  return path;
}

Path ExpressionDraw::any_path() {
  if (!preferred_.empty() && random_.chance(70)) return path_into(preferred_);
  Path path = {{.name = values_.attribute_name()}};
  while (path.size() < 4 && random_.chance(35)) {
    if (random_.chance(50)) {
      path.push_back({.index = random_.below(kIndexMax)});
    } else {
      path.push_back({.name = values_.member_name()});
    }
  }
  return path;
}

std::vector<Path> ExpressionDraw::paths(std::size_t count) {
  std::vector<Path> paths;
  while (paths.size() < count) {
    Path candidate = path();
    const bool fits = std::all_of(paths.begin(), paths.end(), [&](const Path& other) {
      return can_stand_together(candidate, other);
    });
    if (fits) paths.push_back(std::move(candidate));
  }
  return paths;
}

Condition ExpressionDraw::condition_at(int depth) {
  if (depth == 2 || random_.chance(60)) return test();
  static const std::vector<Test> compounds = {Test::all, Test::any, Test::none};
  Condition condition = {.test = random_.one_of(compounds)};
  condition.inner.push_back(condition_at(depth + 1));
  if (condition.test != Test::none) condition.inner.push_back(condition_at(depth + 1));
  return condition;
}

Condition ExpressionDraw::test() {
  const Operand first = operand_of(path());
  switch (random_.below(9)) {
    case 0:
      return {.test = Test::exists, .operands = {first}};
    case 1:
      return {.test = Test::not_exists, .operands = {first}};
    case 2:
      return {.test = Test::has_type,
              .operands = {first, literal(string_value(type_name(values_.value().type)))}};
    case 3:
      return {.test = Test::begins_with,
              .operands = {first, literal(values_.scalar(random_.chance(50) ? Type::S : Type::B))}};
    case 4:
      return {.test = Test::contains,
              .operands = {first, literal(values_.scalar(values_.scalar_type()))}};
    case 5: {
      const Type type = values_.scalar_type();
      Value low = values_.scalar(type);
      Value high = values_.scalar(type);
      if (compare_scalars(low, high) > 0) std::swap(low, high);
      return {.test = Test::between,
              .operands = {first, literal(std::move(low)), literal(std::move(high))}};
    }
    case 6: {
      Condition condition = {.test = Test::in, .operands = {first}};
      for (std::size_t i = 1 + random_.below(3); i > 0; --i) {
        condition.operands.push_back(literal(values_.value()));
      }
      return condition;
    }
    default:
      return comparison();
  }
}

Condition ExpressionDraw::comparison() {
  static const std::vector<Test> tests = {Test::equal,      Test::not_equal, Test::less,
                                          Test::less_equal, Test::greater,   Test::greater_equal};
  Condition condition = {.test = random_.one_of(tests)};
  std::vector<Path> two = paths(2);
  condition.operands.push_back(operand_of(std::move(two[0])));
  // What size() <> 1 says of a number nobody has observed.
  if (random_.chance(30) && condition.test != Test::not_equal) {
    condition.operands[0].kind = OperandKind::size;
    condition.operands.push_back(
        literal(number_value(parse_decimal(std::to_string(random_.below(5))))));
  } else if (random_.chance(20)) {
    condition.operands.push_back(operand_of(std::move(two[1])));
  } else if (condition.test == Test::equal || condition.test == Test::not_equal) {
    condition.operands.push_back(literal(values_.value()));
  } else {
    condition.operands.push_back(literal(values_.scalar(values_.scalar_type())));
  }
  if (random_.chance(20)) {
    std::swap(condition.operands[0], condition.operands[1]);
  }
  return condition;
}

SortTest ExpressionDraw::sort_test(Type type) {
  static const std::vector<Test> tests = {Test::equal,      Test::less,    Test::less_equal,
                                          Test::greater,    Test::between, Test::greater_equal,
                                          Test::begins_with};
  SortTest test = {.test = random_.one_of(tests), .first = values_.sort_key(type)};
  if (test.test == Test::begins_with) {
    if (type == Type::N) {
      test.test = Test::equal;
    } else {
      test.first = values_.sort_key_prefix(type);
    }
  }
  if (test.test != Test::between) return test;
  test.second = values_.sort_key(type);
  if (compare_scalars(test.first, test.second) > 0) std::swap(test.first, test.second);
  return test;
}

Update ExpressionDraw::update() {
  Update update;
  if (random_.chance(3)) return update;
  static const std::vector<ActionKind> kinds = {
      ActionKind::set,    ActionKind::set,    ActionKind::set, ActionKind::set,
      ActionKind::remove, ActionKind::remove, ActionKind::add, ActionKind::erase};
  for (std::size_t i = 1 + random_.below(3); i > 0; --i) {
    const ActionKind kind = random_.one_of(kinds);
    Path target = path();
    // What DELETE says of a missing parent nobody has observed.
    if (kind == ActionKind::erase) target.resize(1);
    const bool fits = std::all_of(update.begin(), update.end(), [&](const Action& other) {
      return can_stand_together(target, other.target);
    });
    if (fits) update.push_back(action(kind, std::move(target)));
  }
  return update;
}

Action ExpressionDraw::action(ActionKind kind, Path target) {
  Action action = {.kind = kind, .target = std::move(target)};
  switch (kind) {
    case ActionKind::set:
      action.source = source();
      break;
    case ActionKind::add:
      action.source.value = random_.chance(50) ? values_.scalar(Type::N) : values_.set();
      break;
    case ActionKind::erase:
      action.source.value = values_.set();
      break;
    case ActionKind::remove:
      break;
  }
  return action;
}

Source ExpressionDraw::source() {
  switch (random_.below(10)) {
    case 0:
      return {.kind = SourceKind::path, .path = path()};
    case 1:
      return {
          .kind = SourceKind::if_not_exists, .path = path(), .inner = {{.value = values_.value()}}};
    case 2: {
      const Source more = {.value = values_.list()};
      const Source old = {.kind = SourceKind::path, .path = path()};
      if (random_.chance(50)) return {.kind = SourceKind::list_append, .inner = {old, more}};
      return {.kind = SourceKind::list_append, .inner = {more, old}};
    }
    case 3:
    case 4:
      return {.kind = random_.chance(50) ? SourceKind::plus : SourceKind::minus,
              .inner = {number_source(), number_source()}};
    default:
      return {.value = values_.value()};
  }
}

Source ExpressionDraw::number_source() {
  switch (random_.below(3)) {
    case 0:
      return {.kind = SourceKind::path, .path = path()};
    case 1:
      return {.kind = SourceKind::if_not_exists,
              .path = path(),
              .inner = {{.value = values_.scalar(Type::N)}}};
    default:
      return {.value = values_.scalar(Type::N)};
  }
}

}  // namespace stator::plain
