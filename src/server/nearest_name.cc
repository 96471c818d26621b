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

// Insertions, deletions, replacements, and neighbours that have changed places.
std::size_t edits_between(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> edits(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  std::iota(edits[0].begin(), edits[0].end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    edits[i][0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = edits[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      edits[i][j] = std::min({replaced, edits[i - 1][j] + 1, edits[i][j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        edits[i][j] = std::min(edits[i][j], edits[i - 2][j - 2] + 1);
      }
    }
  }
  return edits.back().back();
}

// Of bare names; nothing where they are strangers.
std::optional<Distance> distance(std::string_view typed, std::string_view name) {
  const std::size_t edits = edits_between(typed, name);
  if (edits == 0) return Distance(Kinship::same, 0);
  if (typed.size() >= kBeginningMin && name.starts_with(typed)) {
    return Distance(Kinship::beginning, edits);
  }
  if (edits <= std::max<std::size_t>(1, typed.size() / 3)) {
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
