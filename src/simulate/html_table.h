// A table of an HTML report.
//
//   HtmlTable table({.caption = "Splits", .columns = {{"At"}, {"Partition", HtmlCell::figure}}},
//   &out); table.row({"0:10:20", "7"}); table.end();
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stator {

enum class HtmlCell : std::uint8_t { text, figure, code, prose };

struct HtmlColumn {
  std::string_view title;
  HtmlCell cells = HtmlCell::text;
};

// Appends to its text as it is filled; end() must follow the last row. Never fails.
class HtmlTable {
 public:
  // Bounds the file: what comes behind is counted and said to be left out.
  static constexpr std::size_t kRowsMax = 250;

  struct Setup {
    std::string_view caption;
    std::vector<HtmlColumn> columns;
  };
  HtmlTable(Setup setup, std::string* out);

  // One text a column, escaped here. The first one names the row.
  void row(const std::vector<std::string>& cells);
  void end();

 private:
  std::vector<HtmlColumn> columns_;
  std::string& out_;
  std::size_t rows_ = 0;
};

}  // namespace stator
