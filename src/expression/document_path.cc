#include "expression/document_path.h"

#include <algorithm>

namespace stator {
namespace {

std::optional<ValueView> step(ValueView value, const PathElement& element) {
  if (element.is_index) {
    if (value.type() != AttributeType::L) return std::nullopt;
    return value.list().find(element.index);
  }
  if (value.type() != AttributeType::M) return std::nullopt;
  return value.map().find(element.name);
}

}  // namespace

std::optional<ValueView> find(const MapView& attributes, const DocumentPath& path) {
  std::optional<ValueView> value = attributes.find(path.attribute());
  for (std::size_t i = 1; value && i < path.elements.size(); ++i) {
    value = step(*value, path.elements[i]);
  }
  return value;
}

std::string to_string(const DocumentPath& path) {
  std::string text;
  for (const PathElement& element : path.elements) {
    text += text.empty() ? "[" : ", ";
    if (element.is_index) {
      text += '[';
      text += std::to_string(element.index);
      text += ']';
    } else {
      text += element.name;
    }
  }
  return text + "]";
}

bool operator<(const PathElement& a, const PathElement& b) {
  if (a.is_index != b.is_index) return a.is_index;
  return a.is_index ? a.index < b.index : a.name < b.name;
}

bool operator<(const DocumentPath& a, const DocumentPath& b) {
  return std::lexicographical_compare(a.elements.begin(), a.elements.end(), b.elements.begin(),
                                      b.elements.end());
}

bool operator==(const DocumentPath& a, const DocumentPath& b) {
  return std::equal(a.elements.begin(), a.elements.end(), b.elements.begin(), b.elements.end());
}

}  // namespace stator
