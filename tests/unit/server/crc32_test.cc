#include "server/crc32.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <string>

#include "base/random.h"

namespace stator {
namespace {

std::uint32_t crc_by_zlib(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

TEST(Crc32, IsWhatAwsSendsWithItsHealthText) {
  EXPECT_EQ(crc32_of("healthy: dynamodb.us-east-1.amazonaws.com "), 3128867991U);
}

TEST(Crc32, AgreesWithZlibAtEveryLengthAndAlignment) {
  Random random(1);
  std::string bytes;
  for (int i = 0; i < 700; ++i) bytes.push_back(static_cast<char>(random.next()));
  for (std::size_t start = 0; start < 17; ++start) {
    for (std::size_t size = 0; size + start <= bytes.size(); ++size) {
      const std::string_view part = std::string_view(bytes).substr(start, size);
      ASSERT_EQ(crc32_of(part), crc_by_zlib(part)) << start << " " << size;
    }
  }
}

TEST(Crc32, AgreesWithZlibOnAMegabyte) {
  Random random(2);
  std::string bytes;
  for (int i = 0; i < 1 << 20; ++i) bytes.push_back(static_cast<char>(random.next()));
  EXPECT_EQ(crc32_of(bytes), crc_by_zlib(bytes));
}

}  // namespace
}  // namespace stator
