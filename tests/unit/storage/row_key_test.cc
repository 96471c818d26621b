#include "storage/row_key.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/random.h"
#include "model/value_writer.h"

namespace stator {
namespace {

using namespace std::string_literals;

std::string string_value(std::string_view text) {
  std::string bytes;
  append_string(text, &bytes);
  return bytes;
}

std::string binary_value(std::string_view text) {
  std::string bytes;
  append_binary(text, &bytes);
  return bytes;
}

std::string number_value(std::string_view text) {
  std::string bytes;
  append_number(*parse_number(text), &bytes);
  return bytes;
}

std::string part(const std::string& value) {
  std::string key;
  append_key_part(ValueView(value), &key);
  return key;
}

std::string prefix_part(std::string_view prefix) {
  std::string key;
  append_key_prefix(prefix, &key);
  return key;
}

// Short texts over few bytes, those with a meaning of their own in a key among them, so that
// prefixes and equal beginnings are frequent.
std::string random_text(Random* random) {
  static constexpr std::string_view kBytes("\x00\x01\x66\x7F\xFE\xFF", 6);
  std::string text(random->below(5), '\0');
  for (char& byte : text) byte = kBytes[random->below(kBytes.size())];
  return text;
}

std::string random_number(Random* random) {
  std::string text = random->below(2) == 0 ? "-" : "";
  const std::uint64_t digits = 1 + random->below(38);
  for (std::uint64_t i = 0; i < digits; ++i) {
    text += static_cast<char>('0' + random->below(random->below(2) == 0 ? 10 : 2));
    if (i == 0) text += '.';
  }
  return text + "e" + std::to_string(static_cast<int>(random->below(200)) - 100);
}

TEST(KeyPart, OfStringsHasTheOrderOfTheirBytes) {
  const std::vector<std::string> ascending = {
      ""s,   "\0"s,  "\0\0"s,  "\0\1"s,     "\0\xFF"s,       "\1"s,
      "a"s,  "a\0"s, "a\0\0"s, "a\0b"s,     "a\1"s,          "aa"s,
      "ab"s, "b"s,   "\x7F"s,  "\xC3\xA9"s, "\xEF\xBF\xBD"s, "\xF0\x9F\x98\x80"s};
  for (std::size_t i = 1; i < ascending.size(); ++i) {
    EXPECT_LT(part(string_value(ascending[i - 1])), part(string_value(ascending[i])))
        << testing::PrintToString(ascending[i - 1]);
  }
}

TEST(KeyPart, OfBinaryHasTheOrderOfUnsignedBytes) {
  const std::vector<std::string> ascending = {"\0"s,       "\0\0"s,   "\0\xFF"s,  "\1"s,
                                              "\x7F"s,     "\x80"s,   "\xFF"s,    "\xFF\0"s,
                                              "\xFF\0\0"s, "\xFF\1"s, "\xFF\xFF"s};
  for (std::size_t i = 1; i < ascending.size(); ++i) {
    EXPECT_LT(part(binary_value(ascending[i - 1])), part(binary_value(ascending[i])))
        << testing::PrintToString(ascending[i - 1]);
  }
}

TEST(KeyPart, OfNumbersHasTheOrderOfTheirValues) {
  const std::vector<std::string> ascending = {"-9.9e125",
                                              "-1e125",
                                              "-12345678901234567890123456789012345678",
                                              "-1234567890123456789012345678901234567.9",
                                              "-1234567890123456789012345678901234567.8",
                                              "-100.5",
                                              "-100",
                                              "-99.99",
                                              "-99",
                                              "-1.5",
                                              "-1.01",
                                              "-1",
                                              "-0.5",
                                              "-1e-129",
                                              "-1e-130",
                                              "0",
                                              "1e-130",
                                              "1e-129",
                                              "0.012",
                                              "0.12",
                                              "1",
                                              "1.0001",
                                              "1.01",
                                              "1.5",
                                              "99",
                                              "99.99",
                                              "100",
                                              "100.5",
                                              "1234567890123456789012345678901234567.8",
                                              "12345678901234567890123456789012345678",
                                              "1e125",
                                              "9.9e125"};
  for (std::size_t i = 1; i < ascending.size(); ++i) {
    EXPECT_LT(part(number_value(ascending[i - 1])), part(number_value(ascending[i])))
        << ascending[i - 1] << " against " << ascending[i];
  }
}

TEST(KeyPart, OfRandomTextsHasTheirOrder) {
  Random random(11);
  for (int i = 0; i < 5000; ++i) {
    const std::string a = random_text(&random);
    const std::string b = random_text(&random);
    EXPECT_EQ(a < b, part(binary_value(a)) < part(binary_value(b)))
        << testing::PrintToString(a) << " against " << testing::PrintToString(b);
    EXPECT_EQ(a == b, part(binary_value(a)) == part(binary_value(b)));
  }
}

TEST(KeyPart, OfRandomNumbersHasTheirOrder) {
  Random random(12);
  for (int i = 0; i < 5000; ++i) {
    const std::string a = number_value(random_number(&random));
    const std::string b = number_value(random_number(&random));
    EXPECT_EQ(ValueView(a).number() < ValueView(b).number(), part(a) < part(b));
  }
}

void expect_no_prefixes(std::vector<std::string> parts) {
  std::sort(parts.begin(), parts.end());
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  for (std::size_t i = 1; i < parts.size(); ++i) {
    EXPECT_FALSE(parts[i].starts_with(parts[i - 1])) << testing::PrintToString(parts[i]);
  }
}

// In sorted order, whatever has a prefix follows one that is a prefix of it.
TEST(KeyPart, IsNoPrefixOfAnother) {
  Random random(13);
  std::vector<std::string> texts;
  std::vector<std::string> numbers = {part(number_value("0"))};
  for (int i = 0; i < 5000; ++i) {
    texts.push_back(part(binary_value(random_text(&random))));
    numbers.push_back(part(number_value(random_number(&random))));
  }
  expect_no_prefixes(std::move(texts));
  expect_no_prefixes(std::move(numbers));
}

TEST(KeyPart, OfAStringAndOfTheSameBinaryAreEqual) {
  EXPECT_EQ(part(string_value("abc")), part(binary_value("abc")));
}

TEST(KeyPart, HasTheDocumentedBytes) {
  EXPECT_EQ(part(string_value("a\0b"s)), "a\0\xFF"s + "b\0\0"s);
  EXPECT_EQ(part(number_value("0")), "\x80\0"s);
  EXPECT_EQ(part(number_value("1")), "\xC1\x02\0"s);
  EXPECT_EQ(part(number_value("-1")), "\x3E\x64\x66"s);
  const std::string of_20_pairs = part(number_value("-1234567890123456789012345678901234567.8"));
  EXPECT_EQ(of_20_pairs.size(), 22U);
  EXPECT_EQ(of_20_pairs.back(), '\x66');
}

TEST(KeyPrefix, StartsExactlyTheKeysOfValuesThatBeginWithIt) {
  Random random(14);
  int inside = 0;
  for (int i = 0; i < 10000; ++i) {
    const std::string prefix = random_text(&random);
    const std::string value = random_text(&random);
    const std::string first = "collection" + prefix_part(prefix);
    const std::string end = after_prefix(first);
    const std::string key = "collection" + part(binary_value(value));
    const bool in_range = key >= first && key < end;
    EXPECT_EQ(in_range, value.starts_with(prefix))
        << testing::PrintToString(prefix) << " " << testing::PrintToString(value);
    inside += in_range ? 1 : 0;
  }
  EXPECT_GT(inside, 1000);
}

TEST(AfterPrefix, IsTheLeastStringBehindAllThatBeginWithIt) {
  EXPECT_EQ(after_prefix("ab"), "ac");
  EXPECT_EQ(after_prefix("a\xFF"), "b");
  EXPECT_EQ(after_prefix("a\xFE\xFF\xFF"), "a\xFF");
  EXPECT_EQ(after_prefix("\0"s), "\1");
  EXPECT_EQ(after_prefix("\x7F"), "\x80");
}

TEST(AfterPrefix, IsEmptyWhereNothingFollows) {
  EXPECT_EQ(after_prefix(""), "");
  EXPECT_EQ(after_prefix("\xFF\xFF"), "");
}

std::string partition(std::uint32_t keyspace, const std::string& value) {
  std::string key;
  append_partition(keyspace, ValueView(value), &key);
  return key;
}

TEST(RowKey, IsKeyspaceHashAndPart) {
  const std::string key = partition(0x01020304, string_value("abc"));
  EXPECT_EQ(key.substr(0, 4), "\x01\x02\x03\x04");
  EXPECT_EQ(load_u64_be(key.data() + 4), hash_of_row(key));
  EXPECT_EQ(key.substr(12), part(string_value("abc")));
}

// AWS's: MD5("Outliers" and the value), here computed by another program.
TEST(RowKey, HasTheHashOfAws) {
  EXPECT_EQ(hash_of_row(partition(1, string_value("a"))), 0xF6558E516275DEE2U);
  EXPECT_EQ(hash_of_row(partition(1, number_value("5"))), 0xD5F50BA2317A08D8U);
  EXPECT_EQ(hash_of_row(partition(1, number_value("1200"))), 0x66C7E208F0B625E9U);
  EXPECT_EQ(hash_of_row(partition(1, number_value("-5"))), 0xB1857FF946EDD04CU);
  EXPECT_EQ(hash_of_row(partition(1, binary_value("\x00\xFF"s))), 0x7C24C3CC726244B2U);
}

TEST(RowKey, AppendsBehindWhatIsThere) {
  std::string key = "x";
  const std::string value = string_value("abc");
  append_partition(7, ValueView(value), &key);
  EXPECT_EQ(key, "x" + partition(7, value));
}

TEST(RowKey, LiesBetweenItsHashAndTheNext) {
  Random random(15);
  for (int i = 0; i < 1000; ++i) {
    const std::string key = partition(9, binary_value(random_text(&random)));
    const std::uint64_t hash = hash_of_row(key);
    std::string start;
    append_hash_start(9, hash, &start);
    std::string next;
    append_hash_start(9, hash + 1, &next);
    EXPECT_LE(start, key);
    EXPECT_LT(key, next);
  }
}

TEST(RowKey, LiesWithinItsKeyspace) {
  const std::string key = partition(255, string_value("abc"));
  std::string start;
  append_hash_start(255, 0, &start);
  EXPECT_GE(key, start);
  EXPECT_LT(key, keyspace_end(255));
  EXPECT_GE(partition(256, string_value("abc")), keyspace_end(255));
}

}  // namespace
}  // namespace stator
