// Walks sorted paths the way items nest: those that share an element together, then what lies
// below it.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "base/bytes.h"
#include "expression/document_path.h"

namespace stator {

inline const DocumentPath& path_of(const DocumentPath& path) {
  return path;
}

// As std::string_view::compare; most names differ in their first byte.
inline int compare_names(std::string_view a, std::string_view b) {
  if (!a.empty() && !b.empty() && a[0] != b[0]) return to_byte(a[0]) - to_byte(b[0]);
  return a.compare(b);
}

template <typename T>
class PathGroups;

// Things with a path that are the same up to and with the element at `depth`: one thing that ends
// there, or several that go on below it. A view.
template <typename T>
class PathGroup {
 public:
  PathGroup(std::span<const T> things, std::size_t depth) : things_(things), depth_(depth) {}

  const PathElement& element() const { return path_of(things_.front()).elements[depth_]; }
  bool is_leaf() const { return path_of(things_.front()).elements.size() == depth_ + 1; }
  const T& leaf() const { return things_.front(); }
  PathGroups<T> members() const { return PathGroups<T>(things_, depth_ + 1); }

 private:
  std::span<const T> things_;
  std::size_t depth_;
};

// for (PathGroups<DocumentPath> groups(sorted, 0); groups.next();) use(groups.group());
//   things  in path order, none overlapping another, the same before the element at `depth`
template <typename T>
class PathGroups {
 public:
  PathGroups(std::span<const T> things, std::size_t depth) : rest_(things), depth_(depth) {}

  bool next() {
    if (rest_.empty()) return false;
    std::size_t size = 1;
    const PathElement& shared = path_of(rest_.front()).elements[depth_];
    while (size < rest_.size() && path_of(rest_[size]).elements[depth_] == shared) ++size;
    group_ = rest_.first(size);
    rest_ = rest_.subspan(size);
    return true;
  }
  PathGroup<T> group() const { return {group_, depth_}; }

 private:
  std::span<const T> rest_;
  std::span<const T> group_;
  std::size_t depth_;
};

}  // namespace stator
