#include "expression/path_set.h"

#include <algorithm>
#include <cstddef>

namespace stator {
namespace {

enum class Relation { apart, overlap, conflict };

Relation relate(const DocumentPath& a, const DocumentPath& b) {
  const std::size_t shared = std::min(a.elements.size(), b.elements.size());
  for (std::size_t i = 0; i < shared; ++i) {
    if (a.elements[i].is_index != b.elements[i].is_index) return Relation::conflict;
    if (a.elements[i] != b.elements[i]) return Relation::apart;
  }
  return Relation::overlap;
}

// Only neighbours need a look: a path stands right before those that it is a prefix of, and of the
// paths through one place the last index stands right before the first key.
bool all_apart(std::span<const DocumentPath> sorted) {
  return std::adjacent_find(sorted.begin(), sorted.end(),
                            [](const DocumentPath& a, const DocumentPath& b) {
                              return relate(a, b) != Relation::apart;
                            }) == sorted.end();
}

void add_first(Relation relation, std::span<const DocumentPath> paths, Faults* faults) {
  const bool overlap = relation == Relation::overlap;
  for (std::size_t later = 1; later < paths.size(); ++later) {
    for (std::size_t i = 0; i < later; ++i) {
      if (relate(paths[i], paths[later]) != relation) continue;
      faults->add(overlap ? Fault::overlap : Fault::conflict,
                  {"Two document paths ", overlap ? "overlap" : "conflict",
                   " with each other; must remove or rewrite one of these paths; path one: ",
                   to_string(paths[i]), ", path two: ", to_string(paths[later])});
      return;
    }
  }
}

}  // namespace

void check_apart(std::span<const DocumentPath> paths, std::span<const DocumentPath> sorted,
                 Faults* faults) {
  if (!faults->wants(Fault::conflict) || all_apart(sorted)) return;
  add_first(Relation::overlap, paths, faults);
  add_first(Relation::conflict, paths, faults);
}

std::span<const DocumentPath> sorted_paths(std::span<const DocumentPath> paths, Arena* arena) {
  if (std::is_sorted(paths.begin(), paths.end())) return paths;
  const std::span<DocumentPath> sorted = arena->make_array<DocumentPath>(paths.size());
  std::copy(paths.begin(), paths.end(), sorted.begin());
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

}  // namespace stator
