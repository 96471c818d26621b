// MD5 (RFC 1321), where AWS uses it to spread keys. Not for secrets.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace stator {

// Of the bytes that are added one after the other. A value.
class Md5 {
 public:
  void add(std::string_view bytes);

  // The digest; nothing is added afterwards.
  std::array<std::uint8_t, 16> finish();

 private:
  static constexpr std::size_t kBlockBytes = 64;

  void add_block(const char* block);

  std::array<std::uint32_t, 4> state_ = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
  std::array<char, kBlockBytes> open_ = {};  // what does not fill a block yet
  std::uint64_t size_ = 0;                   // of all that was added
};

}  // namespace stator
