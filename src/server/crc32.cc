// A message is a polynomial over GF(2), its CRC the remainder modulo P. Because x^n is congruent to
// x^n mod P, 128 bits at a distance of n bits from others can be multiplied by that remainder and
// added to them: the message becomes shorter, its CRC stays. Bits are reflected: the lowest bit of
// the first byte is the highest power, so a product of two 64-bit words is one bit too low, which
// the constants make good by standing one bit higher.
// Source: Gopal and others, "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ".
#include "server/crc32.h"

#include <zlib.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace stator {

namespace {

std::uint32_t extended_by_zlib(std::uint32_t crc, std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

#if defined(__x86_64__)

constexpr std::uint64_t kPolynomial = 0x104C11DB7;  // P, highest power in bit 32

constexpr std::uint64_t reflected(std::uint64_t value, int bits) {
  std::uint64_t result = 0;
  for (int i = 0; i < bits; ++i) result |= (value >> i & 1) << (bits - 1 - i);
  return result;
}

// x^power mod P, reflected, one bit higher.
constexpr std::uint64_t remainder_of_power(int power) {
  std::uint64_t remainder = 1;
  for (int i = 0; i < power; ++i) {
    remainder <<= 1;
    if ((remainder >> 32) != 0) remainder ^= kPolynomial;
  }
  return reflected(remainder, 32) << 1;
}

// The quotient of x^64 and P, reflected: Barrett's reduction multiplies by it instead of dividing.
constexpr std::uint64_t barrett_quotient() {
  std::uint64_t quotient = 0;
  std::uint64_t rest = std::uint64_t{1} << 32;
  for (int i = 32; i >= 0; --i) {
    quotient <<= 1;
    if ((rest >> 32 & 1) != 0) {
      quotient |= 1;
      rest ^= kPolynomial;
    }
    rest <<= 1;
  }
  return reflected(quotient, 33);
}

// How far a lane is moved when it is folded: over a block of four, or over the next one. Its halves
// stand 32 bits off, where their products fall.
constexpr std::uint64_t kOverBlockLow = remainder_of_power(512 + 32);
constexpr std::uint64_t kOverBlockHigh = remainder_of_power(512 - 32);
constexpr std::uint64_t kOverLaneLow = remainder_of_power(128 + 32);
constexpr std::uint64_t kOverLaneHigh = remainder_of_power(128 - 32);
constexpr std::uint64_t kTo96 = remainder_of_power(96);
constexpr std::uint64_t kTo64 = remainder_of_power(64);
constexpr std::uint64_t kReflectedPolynomial = reflected(kPolynomial, 33);
constexpr std::uint64_t kBarrettQuotient = barrett_quotient();

constexpr std::size_t kLaneBytes = 16;
constexpr std::size_t kBlockBytes = 4 * kLaneBytes;

#define STATOR_CARRYLESS __attribute__((target("pclmul,sse4.1"), always_inline)) inline

STATOR_CARRYLESS __m128i pair(std::uint64_t low, std::uint64_t high) {
  return _mm_set_epi64x(static_cast<long long>(high), static_cast<long long>(low));
}

STATOR_CARRYLESS __m128i load(const char* bytes) {
  return _mm_loadu_si128(static_cast<const __m128i*>(static_cast<const void*>(bytes)));
}

// `lane` moved over a distance, added to what stands there.
STATOR_CARRYLESS __m128i folded(__m128i lane, __m128i distance, __m128i onto) {
  const __m128i low = _mm_clmulepi64_si128(lane, distance, 0x00);
  const __m128i high = _mm_clmulepi64_si128(lane, distance, 0x11);
  return _mm_xor_si128(_mm_xor_si128(low, high), onto);
}

// The remainder of 128 bits: to 96, to 64, then Barrett's reduction to 32.
STATOR_CARRYLESS std::uint32_t reduced(__m128i lane) {
  const __m128i low_words = _mm_setr_epi32(-1, 0, -1, 0);
  const __m128i to_96 = pair(kTo96, 0);
  const __m128i to_64 = pair(kTo64, 0);
  const __m128i barrett = pair(kReflectedPolynomial, kBarrettQuotient);
  lane = _mm_xor_si128(_mm_clmulepi64_si128(lane, to_96, 0x00), _mm_srli_si128(lane, 8));
  lane = _mm_xor_si128(_mm_clmulepi64_si128(_mm_and_si128(lane, low_words), to_64, 0x00),
                       _mm_srli_si128(lane, 4));
  __m128i quotient = _mm_clmulepi64_si128(_mm_and_si128(lane, low_words), barrett, 0x10);
  quotient = _mm_clmulepi64_si128(_mm_and_si128(quotient, low_words), barrett, 0x00);
  return static_cast<std::uint32_t>(_mm_extract_epi32(_mm_xor_si128(lane, quotient), 1));
}

// The CRC of whole lanes, at least four.
__attribute__((target("pclmul,sse4.1"))) std::uint32_t crc_of_lanes(std::string_view bytes) {
  const __m128i over_block = pair(kOverBlockLow, kOverBlockHigh);
  const __m128i over_lane = pair(kOverLaneLow, kOverLaneHigh);
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  __m128i lanes[4];
  for (int i = 0; i < 4; ++i) lanes[i] = load(at + static_cast<std::size_t>(i) * kLaneBytes);
  lanes[0] = _mm_xor_si128(lanes[0], _mm_cvtsi32_si128(-1));  // a CRC starts with all bits set
  for (at += kBlockBytes; static_cast<std::size_t>(end - at) >= kBlockBytes; at += kBlockBytes) {
    for (int i = 0; i < 4; ++i) {
      lanes[i] = folded(lanes[i], over_block, load(at + static_cast<std::size_t>(i) * kLaneBytes));
    }
  }
  __m128i lane = lanes[0];
  for (int i = 1; i < 4; ++i) lane = folded(lane, over_lane, lanes[i]);
  for (; at != end; at += kLaneBytes) lane = folded(lane, over_lane, load(at));
  return ~reduced(lane);
}

#undef STATOR_CARRYLESS

bool multiplies_without_carry() {
  return __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("sse4.1");
}

#endif

}  // namespace

std::uint32_t crc32_of(std::string_view bytes) {
#if defined(__x86_64__)
  if (bytes.size() >= kBlockBytes && multiplies_without_carry()) {
    const std::size_t lanes = bytes.size() / kLaneBytes * kLaneBytes;
    return extended_by_zlib(crc_of_lanes(bytes.substr(0, lanes)), bytes.substr(lanes));
  }
#endif
  return extended_by_zlib(0, bytes);
}

}  // namespace stator
