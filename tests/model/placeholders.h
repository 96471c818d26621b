// The names and values that an expression's text refers to, as they are given out.
#pragma once

#include <string>
#include <vector>

#include "path.h"
#include "random.h"
#include "value.h"

namespace stator::plain {

// Collects for one request. A value; borrows the generator.
class Placeholders {
 public:
  explicit Placeholders(Random* random) : random_(*random) {}

  // The text of a path: names that need no placeholder may go without.
  std::string path(const Path& path);
  std::string value(const Value& value);

  // Adds ExpressionAttributeNames and ExpressionAttributeValues.
  void add_to(Json* request) const;

 private:
  std::string name(const std::string& name);

  Random& random_;
  Json names_ = Json::object();
  Json values_ = Json::object();
};

// The text of a projection.
std::string text_of(const std::vector<Path>& paths, Placeholders* placeholders);

}  // namespace stator::plain
