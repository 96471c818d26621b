#include "api/ops/hash_order.h"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "base/utf8.h"

namespace stator {
namespace {

// java.lang.String.hashCode, over UTF-16.
std::uint32_t java_hash(std::string_view text) {
  std::uint32_t hash = 0;
  while (!text.empty()) {
    const Utf8Character character = first_character(text);
    if (character.code_point >= 0x10000) {
      const std::uint32_t rest = character.code_point - 0x10000;
      hash = 31 * hash + (0xD800 + (rest >> 10));
      hash = 31 * hash + (0xDC00 + (rest & 0x3FF));
    } else {
      hash = 31 * hash + character.code_point;
    }
    text.remove_prefix(std::max<std::size_t>(character.bytes, 1));
  }
  return hash;
}

// java.util.HashMap spreads the upper bits into the lower ones.
std::size_t bucket_of(std::string_view name, std::size_t buckets) {
  const std::uint32_t hash = java_hash(name);
  return (hash ^ (hash >> 16)) & (buckets - 1);
}

}  // namespace

void sort_by_hash(std::size_t buckets, std::vector<std::string_view>* names) {
  std::stable_sort(names->begin(), names->end(), [&](std::string_view a, std::string_view b) {
    return bucket_of(a, buckets) < bucket_of(b, buckets);
  });
}

std::size_t buckets_of_set(std::size_t names) {
  std::size_t buckets = 16;
  while (names > buckets / 4 * 3) buckets *= 2;
  return buckets;
}

std::size_t buckets_of_map(std::size_t names) {
  return std::bit_ceil(names < 3 ? names + 1 : names * 4 / 3 + 1);
}

}  // namespace stator
