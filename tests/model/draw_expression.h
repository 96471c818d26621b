// Random conditions, updates and paths that are valid as text; whether they hold or can run is the
// item's matter.
#pragma once

#include <map>
#include <string>

#include "condition.h"
#include "draw_value.h"
#include "random.h"
#include "table.h"
#include "update.h"

namespace stator::plain {

// Draws expressions. A value; borrows the generator.
class ExpressionDraw {
 public:
  explicit ExpressionDraw(Random* random) : random_(*random), values_(random) {}

  // Most paths from now on lead to something in the item, or nearly.
  void prefer(Item attributes) { preferred_ = std::move(attributes); }

  // No path from now on leads into these attributes, as keys of indexes.
  void keep_whole(std::map<std::string, Type> attributes) { whole_ = std::move(attributes); }

  // Of attributes that are no keys.
  Path path();
  // Paths that can stand in one projection or update.
  std::vector<Path> paths(std::size_t count);

  Condition condition() { return condition_at(0); }
  SortTest sort_test(Type type);
  Update update();

 private:
  Path any_path();
  Path path_into(const Item& item);
  Condition condition_at(int depth);
  Condition test();
  Condition comparison();
  Operand literal(Value value) { return {.kind = OperandKind::value, .value = std::move(value)}; }
  Action action(ActionKind kind, Path target);
  Source source();
  Source number_source();

  Random& random_;
  ValueDraw values_;
  Item preferred_ = {};
  std::map<std::string, Type> whole_ = {};
};

}  // namespace stator::plain
