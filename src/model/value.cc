#include "model/value.h"

#include <algorithm>
#include <array>

#include "base/check.h"

namespace stator {
namespace {

constexpr std::array<std::string_view, 10> kTypeNames = {"S",  "N",  "B",  "BOOL", "NULL",
                                                         "SS", "NS", "BS", "L",    "M"};

std::size_t logical_bytes(const SetView& set) {
  std::size_t total = 0;
  for (SetView::Cursor c(set); c.next();) total += c.element().size();
  return total;
}

// AWS: 3 for the collection and 1 for each element, on top of what they hold.
std::size_t logical_bytes(const ListView& list) {
  std::size_t total = 3;
  for (ListView::Cursor c(list); c.next();) total += 1 + stator::logical_bytes(c.value());
  return total;
}

}  // namespace

std::string_view type_name(AttributeType type) {
  return kTypeNames[static_cast<std::size_t>(type) - 1];
}

std::optional<AttributeType> type_of_name(std::string_view name) {
  const auto found = std::find(kTypeNames.begin(), kTypeNames.end(), name);
  if (found == kTypeNames.end()) return std::nullopt;
  return static_cast<AttributeType>(found - kTypeNames.begin() + 1);
}

AttributeType element_type(AttributeType set_type) {
  switch (set_type) {
    case AttributeType::SS:
      return AttributeType::S;
    case AttributeType::NS:
      return AttributeType::N;
    default:
      CHECK(set_type == AttributeType::BS);
      return AttributeType::B;
  }
}

std::optional<ValueView> ListView::find(std::size_t index) const {
  if (index >= members_.count) return std::nullopt;
  const char* at = members_.begin;
  for (; index > 0; --index) at = value_bytes::skip(at);
  return ValueView::at(at);
}

bool SetView::contains(std::string_view element) const {
  for (Cursor c(*this); c.next();) {
    if (c.element() == element) return true;
  }
  return false;
}

std::optional<ValueView> MapView::find(std::string_view name) const {
  for (const char* at = members_.begin; at != members_.end;) {
    const TextView here = value_bytes::read_text(&at);
    if (here.text == name) return ValueView::at(at);
    at = value_bytes::skip(at);
  }
  return std::nullopt;
}

std::size_t logical_bytes(ValueView value) {
  switch (value.type()) {
    case AttributeType::S:
    case AttributeType::B:
      return value.text().size();
    case AttributeType::N:
      return value.number().size();
    case AttributeType::BOOL:
    case AttributeType::NUL:
      return 1;
    case AttributeType::L:
      return logical_bytes(value.list());
    case AttributeType::M:
      return 3 + value.map().count() + logical_bytes(value.map());
    default:
      return logical_bytes(value.set());
  }
}

std::size_t logical_bytes(const MapView& attributes) {
  std::size_t total = 0;
  for (MapView::Cursor c(attributes); c.next();)
    total += c.name().size() + logical_bytes(c.value());
  return total;
}

int nesting_levels(ValueView value) {
  int deepest = 0;
  if (value.type() == AttributeType::L) {
    for (ListView::Cursor c(value.list()); c.next();)
      deepest = std::max(deepest, nesting_levels(c.value()));
  } else if (value.type() == AttributeType::M) {
    for (MapView::Cursor c(value.map()); c.next();)
      deepest = std::max(deepest, nesting_levels(c.value()));
  }
  return deepest + 1;
}

}  // namespace stator
