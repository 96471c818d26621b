#include "base/bytes.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace stator {
namespace {

using namespace std::string_literals;

std::string varint(std::uint32_t value) {
  std::string bytes;
  append_varint(value, &bytes);
  return bytes;
}

VarintRead read_all(const std::string& bytes) {
  return read_varint(bytes.data(), bytes.data() + bytes.size());
}

TEST(Bytes, LittleEndianStartsWithTheLowByte) {
  std::string bytes = "x";
  append_u32_le(0x01020304, &bytes);
  EXPECT_EQ(bytes, "x\x04\x03\x02\x01");
  EXPECT_EQ(load_u32_le(bytes.data() + 1), 0x01020304U);
  put_u32_le(0xFFFEFDFC, 1, &bytes);
  EXPECT_EQ(bytes, "x\xFC\xFD\xFE\xFF");
}

TEST(Bytes, BigEndianStartsWithTheHighByte) {
  std::string bytes;
  append_u32_be(0x01020304, &bytes);
  EXPECT_EQ(bytes, "\x01\x02\x03\x04");
  bytes.clear();
  append_u64_be(0x0102030405060708, &bytes);
  EXPECT_EQ(bytes, "\x01\x02\x03\x04\x05\x06\x07\x08");
  EXPECT_EQ(load_u64_be(bytes.data()), 0x0102030405060708U);
}

TEST(Bytes, BigEndianBytesSortAsTheirNumbers) {
  Random random(7);
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t a = random.next() >> random.below(64);
    const std::uint64_t b = random.next() >> random.below(64);
    std::string a_bytes;
    std::string b_bytes;
    append_u64_be(a, &a_bytes);
    append_u64_be(b, &b_bytes);
    EXPECT_EQ(a < b, a_bytes < b_bytes) << a << " against " << b;
  }
}

TEST(Varint, TakesOneByteForEverySevenBits) {
  EXPECT_EQ(varint(0), "\0"s);
  EXPECT_EQ(varint(127), "\x7F");
  EXPECT_EQ(varint(128), "\x80\x01");
  EXPECT_EQ(varint(300), "\xAC\x02");
  EXPECT_EQ(varint(0xFFFFFFFF), "\xFF\xFF\xFF\xFF\x0F");
}

TEST(Varint, ReadsBackWhateverWasWritten) {
  Random random(8);
  for (int i = 0; i < 1000; ++i) {
    const auto value = static_cast<std::uint32_t>(random.next() >> (32 + random.below(32)));
    const std::string bytes = varint(value);
    const VarintRead read = read_all(bytes);
    EXPECT_EQ(read.value, value);
    EXPECT_EQ(read.next, bytes.data() + bytes.size());
  }
}

TEST(Varint, StopsBehindItsLastByte) {
  const std::string bytes = varint(300) + "rest";
  EXPECT_EQ(read_all(bytes).next, bytes.data() + 2);
}

TEST(Varint, ThatIsCutShortIsRefused) {
  const std::string whole = varint(0xFFFFFFFF);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(read_all(whole.substr(0, size)).next, nullptr) << size;
  }
}

TEST(Varint, OfMoreThan32BitsIsRefused) {
  EXPECT_EQ(read_all("\xFF\xFF\xFF\xFF\x1F").next, nullptr);
  EXPECT_EQ(read_all("\x80\x80\x80\x80\x80\x01").next, nullptr);
  EXPECT_EQ(read_all(std::string(100, '\x80')).next, nullptr);
}

}  // namespace
}  // namespace stator
