#include "base/md5.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace stator {
namespace {

static_assert(std::endian::native == std::endian::little, "words are read as they lie");

// floor(2^32 * abs(sin(i + 1)))
constexpr std::array<std::uint32_t, 64> kSines = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};

constexpr std::array<std::array<int, 4>, 4> kShifts = {
    {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}}};

struct State {
  std::uint32_t a, b, c, d;
};

// One of the 64 steps; the round and the place in it are known at compile time, once unrolled.
inline void step(std::size_t i, const std::array<std::uint32_t, 16>& words, State* s) {
  const std::size_t round = i / 16;
  std::uint32_t mixed = 0;
  std::size_t word = 0;
  if (round == 0) {
    mixed = (s->b & s->c) | (~s->b & s->d);
    word = i;
  } else if (round == 1) {
    mixed = (s->d & s->b) | (~s->d & s->c);
    word = (5 * i + 1) % 16;
  } else if (round == 2) {
    mixed = s->b ^ s->c ^ s->d;
    word = (3 * i + 5) % 16;
  } else {
    mixed = s->c ^ (s->b | ~s->d);
    word = 7 * i % 16;
  }
  const std::uint32_t sum = s->a + mixed + kSines[i] + words[word];
  *s = {s->d, s->b + std::rotl(sum, kShifts[round][i % 4]), s->b, s->c};
}

}  // namespace

void Md5::add_block(const char* block) {
  std::array<std::uint32_t, 16> words;
  std::memcpy(words.data(), block, kBlockBytes);
  State s = {state_[0], state_[1], state_[2], state_[3]};
#pragma GCC unroll 64
  for (std::size_t i = 0; i < kSines.size(); ++i) step(i, words, &s);
  state_ = {state_[0] + s.a, state_[1] + s.b, state_[2] + s.c, state_[3] + s.d};
}

void Md5::add(std::string_view bytes) {
  const std::size_t filled = size_ % kBlockBytes;
  size_ += bytes.size();
  if (filled != 0) {
    const std::size_t taken = std::min(kBlockBytes - filled, bytes.size());
    std::copy_n(bytes.data(), taken, open_.data() + filled);
    bytes.remove_prefix(taken);
    if (filled + taken < kBlockBytes) return;
    add_block(open_.data());
  }
  for (; bytes.size() >= kBlockBytes; bytes.remove_prefix(kBlockBytes)) add_block(bytes.data());
  std::copy_n(bytes.data(), bytes.size(), open_.data());
}

std::array<std::uint8_t, 16> Md5::finish() {
  const std::uint64_t bits = size_ * 8;
  const std::size_t filled = size_ % kBlockBytes;
  std::array<char, kBlockBytes> padding = {static_cast<char>(0x80)};
  add({padding.data(), (filled < 56 ? 56 : 120) - filled});
  std::array<char, 8> size;
  std::memcpy(size.data(), &bits, size.size());
  add({size.data(), size.size()});
  std::array<std::uint8_t, 16> digest;
  std::memcpy(digest.data(), state_.data(), digest.size());
  return digest;
}

}  // namespace stator
