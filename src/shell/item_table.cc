#include "shell/item_table.h"

#include <algorithm>

#include "base/printable_text.h"
#include "base/utf8.h"
#include "shell/attribute_text.h"
#include "streams/json_text.h"

namespace stator {
namespace {

constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

std::string cut(std::string text) {
  std::size_t characters = 0;
  std::size_t kept = 0;  // bytes before the last character that there is room for
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (continues_character(text[i])) continue;
    if (++characters == ItemTable::kCellWidthMax) kept = i;
    if (characters > ItemTable::kCellWidthMax) return text.substr(0, kept).append(kEllipsis);
  }
  return text;
}

// The cells of a line; the last one is not filled up.
std::string line_of(const std::vector<std::string_view>& cells,
                    const std::vector<std::size_t>& widths, std::string_view between, char fill) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line.append(between);
    line.append(cells[i]);
    if (i + 1 < cells.size() || fill != ' ')
      line.append(widths[i] - utf8_characters(cells[i]), fill);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

}  // namespace

bool ItemTable::add(std::string_view item_json) {
  JsonText json(item_json);
  if (json.kind() != JsonTextKind::object) return false;
  Row row;
  for (JsonText::Members member(&json); member.next();) {
    const std::size_t column = column_of(member.name());
    if (row.size() <= column) row.resize(column + 1);
    std::string text;
    append_attribute(&json, &text);
    row[column] = cut(std::move(text));
  }
  rows_.push_back(std::move(row));
  return json.finish();
}

std::size_t ItemTable::column_of(const std::string& name) {
  const auto found = std::find(columns_.begin(), columns_.end(), name);
  if (found == columns_.end()) return columns_.push_back(name), columns_.size() - 1;
  return static_cast<std::size_t>(found - columns_.begin());
}

std::vector<std::size_t> ItemTable::order() const {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < columns_.size(); ++i) order.push_back(i);
  const auto rank = [&](std::size_t column) {
    return std::find(first_columns_.begin(), first_columns_.end(), columns_[column]);
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
  return order;
}

std::string ItemTable::text() const {
  if (columns_.empty()) return "";
  const std::vector<std::size_t> columns = order();
  std::vector<std::string> titles;
  for (const std::size_t column : columns) titles.push_back(cut(printable(columns_[column])));
  std::vector<std::vector<std::string_view>> lines(1);
  lines[0].assign(titles.begin(), titles.end());
  for (const Row& row : rows_) {
    std::vector<std::string_view>& line = lines.emplace_back();
    for (const std::size_t column : columns) {
      line.push_back(column < row.size() ? std::string_view(row[column]) : "");
    }
  }
  std::vector<std::size_t> widths(columns.size(), 0);
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i)
      widths[i] = std::max(widths[i], utf8_characters(line[i]));
  }
  std::string text = line_of(lines[0], widths, " | ", ' ');
  text += line_of(std::vector<std::string_view>(columns.size()), widths, "-+-", '-');
  for (std::size_t i = 1; i < lines.size(); ++i) text += line_of(lines[i], widths, " | ", ' ');
  return text;
}

}  // namespace stator
