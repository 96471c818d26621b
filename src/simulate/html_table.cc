#include "simulate/html_table.h"

#include <fmt/format.h>

#include <iterator>
#include <utility>

#include "simulate/figure_text.h"
#include "simulate/html_text.h"

namespace stator {
namespace {

std::string_view class_of(HtmlCell cell) {
  switch (cell) {
    case HtmlCell::figure:
      return " class=\"figure\"";
    case HtmlCell::code:
      return " class=\"code\"";
    case HtmlCell::prose:
      return " class=\"prose\"";
    case HtmlCell::text:
      break;
  }
  return "";
}

}  // namespace

HtmlTable::HtmlTable(Setup setup, std::string* out)
    : columns_(std::move(setup.columns)), out_(*out) {
  fmt::format_to(std::back_inserter(out_),
                 "<div class=\"wide\"><table>\n<caption>{}</caption>\n<thead><tr>",
                 html_text(setup.caption));
  for (const HtmlColumn& column : columns_) {
    fmt::format_to(std::back_inserter(out_), "<th scope=\"col\"{}>{}</th>",
                   column.cells == HtmlCell::figure ? class_of(column.cells) : "",
                   html_text(column.title));
  }
  out_ += "</tr></thead>\n<tbody>\n";
}

void HtmlTable::row(const std::vector<std::string>& cells) {
  if (++rows_ > kRowsMax) return;
  out_ += "<tr>";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string_view tag = i == 0 ? "th" : "td";
    fmt::format_to(std::back_inserter(out_), "<{}{}{}>{}</{}>", tag, i == 0 ? " scope=\"row\"" : "",
                   class_of(columns_[i].cells), html_text(cells[i]), tag);
  }
  out_ += "</tr>\n";
}

void HtmlTable::end() {
  out_ += "</tbody></table></div>\n";
  if (rows_ <= kRowsMax) return;
  fmt::format_to(std::back_inserter(out_),
                 "<p class=\"note\">{} more rows are left out; the CSV report has them.</p>\n",
                 count_text(rows_ - kRowsMax));
}

}  // namespace stator
