// Any bytes as an item from a disk: an error, or an item of which every value can be walked.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "model/item.h"
#include "model/number.h"

namespace stator {
namespace {

// Reads every byte that the view shows, so that a sanitizer sees a view that shows too much.
std::size_t touch(std::string_view bytes) {
  std::size_t sum = 0;
  for (const char byte : bytes) sum += to_byte(byte);
  return sum;
}

std::size_t walk(const MapView& map);

std::size_t walk(ValueView value) {
  switch (value.type()) {
    case AttributeType::S:
    case AttributeType::B:
      return touch(value.text());
    case AttributeType::N: {
      std::string text;
      append_number_text(value.number(), &text);
      return touch(text);
    }
    case AttributeType::BOOL:
      return value.boolean() ? 1 : 0;
    case AttributeType::NUL:
      return 0;
    case AttributeType::L: {
      std::size_t sum = 0;
      for (ListView::Cursor at(value.list()); at.next();) sum += walk(at.value());
      return sum;
    }
    case AttributeType::M:
      return walk(value.map());
    default: {
      std::size_t sum = 0;
      for (SetView::Cursor at(value.set()); at.next();) {
        sum += touch(at.element()) + (value.set().contains(at.element()) ? 1 : 0);
      }
      return sum;
    }
  }
}

std::size_t walk(const MapView& map) {
  std::size_t sum = 0;
  for (MapView::Cursor at(map); at.next();) {
    sum += touch(at.name()) + walk(at.value()) + (map.find(at.name()) ? 1 : 0);
  }
  return sum;
}

}  // namespace
}  // namespace stator

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // A copy of its own, so that a read past the end is seen.
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const stator::Result<stator::ItemView> item = stator::ItemView::parse(bytes);
  if (!item) return 0;
  const stator::MapView attributes = item->attributes();
  volatile std::size_t sum = stator::walk(attributes) + stator::logical_bytes(attributes);
  static_cast<void>(sum);
  return 0;
}
