// Which images of an item its table's stream keeps.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace stator {

// The numbers stand on disk.
enum class StreamViewType : std::uint8_t {
  keys_only = 1,
  new_image = 2,
  old_image = 3,
  new_and_old_images = 4,
};

inline constexpr std::array<std::string_view, 4> kStreamViewTypeNames = {
    "KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"};

constexpr std::string_view name_of(StreamViewType type) {
  return kStreamViewTypeNames[static_cast<std::size_t>(type) - 1];
}

// The type whose number on disk is `number`.
constexpr std::optional<StreamViewType> stream_view_type_of(std::uint8_t number) {
  if (number == 0 || number > kStreamViewTypeNames.size()) return std::nullopt;
  return static_cast<StreamViewType>(number);
}

// The inverse of name_of.
constexpr std::optional<StreamViewType> stream_view_type_named(std::string_view name) {
  for (std::size_t i = 0; i < kStreamViewTypeNames.size(); ++i) {
    if (kStreamViewTypeNames[i] == name) return static_cast<StreamViewType>(i + 1);
  }
  return std::nullopt;
}

constexpr bool keeps_new_image(StreamViewType type) {
  return type == StreamViewType::new_image || type == StreamViewType::new_and_old_images;
}
constexpr bool keeps_old_image(StreamViewType type) {
  return type == StreamViewType::old_image || type == StreamViewType::new_and_old_images;
}

}  // namespace stator
