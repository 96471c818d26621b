#include "server/nearest_name.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "base/ascii.h"

namespace stator {
namespace {

// What is shorter begins or stands in too many.
constexpr std::size_t kBeginningMin = 2;
constexpr std::size_t kPartMin = 4;

enum class Kinship { same, beginning, few_edits, part };

using Distance = std::pair<Kinship, std::size_t>;

// Without dashes and in lower case.
std::string bare(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (c != '-') text.push_back(ascii_lower(c));
  }
  return text;
}

// Levenshtein's, a row at a time.
std::size_t edits_between(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = std::exchange(row[j + 1], std::min({replaced, row[j] + 1, row[j + 1] + 1}));
    }
  }
  return row.back();
}

// Of bare names; nothing where they are strangers.
std::optional<Distance> distance(std::string_view typed, std::string_view name) {
  const std::size_t edits = edits_between(typed, name);
  if (edits == 0) return Distance(Kinship::same, 0);
  if (typed.size() >= kBeginningMin && name.starts_with(typed)) {
    return Distance(Kinship::beginning, edits);
  }
  if (edits <= std::max<std::size_t>(2, typed.size() / 3)) {
    return Distance(Kinship::few_edits, edits);
  }
  if (typed.size() >= kPartMin && name.find(typed) != std::string_view::npos) {
    return Distance(Kinship::part, edits);
  }
  return std::nullopt;
}

}  // namespace

bool is_same_name(std::string_view a, std::string_view b) {
  return bare(a) == bare(b);
}

std::string_view nearest_name(std::string_view typed, std::span<const std::string> names) {
  const std::string wanted = bare(typed);
  if (wanted.empty()) return "";
  std::string_view nearest;
  std::optional<Distance> least;
  for (const std::string& name : names) {
    const std::optional<Distance> found = distance(wanted, bare(name));
    if (!found || (least && *least <= *found)) continue;
    least = found;
    nearest = name;
  }
  return nearest;
}

}  // namespace stator
