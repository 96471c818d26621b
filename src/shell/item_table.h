// Items as a table for people:
//
//   pk  | sk | title
//   ----+----+--------
//   'a' | 1  | 'first'
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stator {

// A value. Attributes are columns: those that are wanted first, and then the rest, as they come.
class ItemTable {
 public:
  explicit ItemTable(std::vector<std::string> first_columns)
      : first_columns_(std::move(first_columns)) {}

  // Takes an item in DynamoDB's JSON; false: it is none.
  bool add(std::string_view item_json);

  // Lines that each end with a line break; "" where there is no attribute. What is longer than
  // kCellWidthMax characters is cut, and ends with an ellipsis.
  std::string text() const;

  static constexpr std::size_t kCellWidthMax = 60;

 private:
  using Row = std::vector<std::string>;  // by column; what is missing, also behind the end, is ""

  std::size_t column_of(const std::string& name);
  std::vector<std::size_t> order() const;

  std::vector<std::string> first_columns_;
  std::vector<std::string> columns_;
  std::vector<Row> rows_;
};

}  // namespace stator
