#include "expression/written_paths.h"

#include <algorithm>

#include "expression/update_action.h"

namespace stator {
namespace {

bool has_index(const DocumentPath& path) {
  return std::any_of(path.elements.begin(), path.elements.end(),
                     [](const PathElement& element) { return element.is_index; });
}

// The elements of one list that an update removes and sets.
class ListChange {
 public:
  //   list  the path of the list
  ListChange(const Update& update, std::span<const PathElement> list, std::uint32_t size)
      : update_(update), list_(list), size_(size) {}

  std::uint32_t index_after(std::uint32_t index) const {
    if (index < size_) return index - removed_before(index);
    return size_ - removed_before(size_) + appended_before(index);
  }

 private:
  bool is_element(const DocumentPath& path) const {
    return path.elements.size() == list_.size() + 1 && path.elements.back().is_index &&
           std::equal(list_.begin(), list_.end(), path.elements.begin());
  }

  std::uint32_t removed_before(std::uint32_t index) const {
    return static_cast<std::uint32_t>(std::count_if(
        update_.by_path.begin(), update_.by_path.end(), [&](const UpdateAction* action) {
          return action->kind == UpdateKind::remove && is_element(action->path) &&
                 action->path.elements.back().index < index;
        }));
  }

  std::uint32_t appended_before(std::uint32_t index) const {
    return static_cast<std::uint32_t>(
        std::count_if(update_.kept.begin(), update_.kept.end(), [&](const DocumentPath& path) {
          return is_element(path) && path.elements.back().index >= size_ &&
                 path.elements.back().index < index;
        }));
  }

  const Update& update_;
  const std::span<const PathElement> list_;
  const std::uint32_t size_;
};

DocumentPath path_after(const Update& update, const MapView& before, const DocumentPath& path,
                        Arena* arena) {
  const std::span<PathElement> elements = arena->make_array<PathElement>(path.elements.size());
  std::copy(path.elements.begin(), path.elements.end(), elements.begin());
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (!elements[i].is_index) continue;
    const std::span<const PathElement> list = path.elements.first(i);
    const std::optional<ValueView> value = find(before, {list});
    if (!value || value->type() != AttributeType::L) continue;
    elements[i].index =
        ListChange(update, list, value->list().count()).index_after(path.elements[i].index);
  }
  return {elements};
}

}  // namespace

std::span<const DocumentPath> written_paths(const Update& update, const MapView& before,
                                            Arena* arena) {
  if (std::none_of(update.kept.begin(), update.kept.end(), has_index)) return update.kept;
  const std::span<DocumentPath> paths = arena->make_array<DocumentPath>(update.kept.size());
  std::transform(update.kept.begin(), update.kept.end(), paths.begin(),
                 [&](const DocumentPath& path) { return path_after(update, before, path, arena); });
  return paths;
}

}  // namespace stator
