#include "expression/placeholders.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "expression/condition.h"
#include "expression/reserved_words.h"
#include "support.h"

namespace stator {
namespace {

using testing_support::concat;
using testing_support::Request;

std::string error_of(const Result<void>& result) {
  return result ? "" : result.error().message();
}

TEST(Placeholders, HaveKeysOfTheRightForm) {
  const auto name_error = [](std::string key) {
    Request r({{key, "a"}}, {});
    return error_of(check_name_placeholders(r.placeholders));
  };
  for (const char* key : {"#a", "#0", "#_", "#aB_9"}) EXPECT_EQ(name_error(key), "") << key;
  for (const char* key : {"a", "#", "", ":a", "#a-b", "#a.b", "##", "# a", "#\xC3\xA9"}) {
    EXPECT_EQ(name_error(key),
              "ExpressionAttributeNames contains invalid key: Syntax error; key: "
              "\"" +
                  std::string(key) + "\"");
  }
  EXPECT_EQ(name_error(concat({"#", std::string(254, 'a')})), "");
  EXPECT_NE(name_error(concat({"#", std::string(255, 'a')})), "");
  Request r({}, {{"v", "1"}});
  EXPECT_EQ(error_of(check_value_placeholders(r.placeholders)),
            "ExpressionAttributeValues contains invalid key: Syntax error; key: \"v\"");
}

TEST(Placeholders, StandForNoMoreThan2MiBTogether) {
  const auto size_error = [](std::size_t name_bytes, std::size_t value_bytes) {
    const std::string value = '"' + std::string(value_bytes, 'v') + '"';
    Request r({{"#a", std::string(name_bytes, 'n')}}, {{":v", value}, {":w", "1"}});
    return error_of(check_substituted_bytes(r.placeholders));
  };
  constexpr std::size_t kNumberBytes = 2;
  constexpr std::size_t kRest = kSubstitutedBytesMax - kNumberBytes;
  EXPECT_EQ(size_error(1000, kRest - 1000), "");
  EXPECT_EQ(size_error(1000, kRest - 999),
            "The size of the names and values in an expression has exceeded the maximum allowed "
            "size; size: 2097153");
  EXPECT_NE(size_error(1001, kRest - 1000), "");
}

TEST(Placeholders, CountWhatTheyStandForAsAnItemDoes) {
  // Of each element one byte, and one of a null; three of the list.
  const auto size_error = [](std::size_t nulls) {
    std::string list = "[null";
    for (std::size_t i = 1; i < nulls; ++i) list += ",null";
    Request r({}, {{":v", list + "]"}});
    return error_of(check_substituted_bytes(r.placeholders));
  };
  EXPECT_EQ(size_error(kSubstitutedBytesMax / 2 - 2), "");
  EXPECT_NE(size_error(kSubstitutedBytesMax / 2 - 1), "");
}

TEST(Placeholders, MustAllBeUsed) {
  Request r({{"#a", "a"}, {"#b", "b"}, {"#c", "c"}}, {{":v", "1"}, {":w", "1"}});
  const auto use = [&r](std::string_view text) {
    return parse_condition(ConditionKind::condition, text, &r.placeholders, &r.arena).has_value();
  };
  ASSERT_TRUE(use("#b = :v"));
  EXPECT_EQ(error_of(check_all_used(r.placeholders)),
            "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #c}");
  ASSERT_TRUE(use("#a = :v AND x.#c = :v"));
  EXPECT_EQ(error_of(check_all_used(r.placeholders)),
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}");
  ASSERT_TRUE(use("#a = :v OR #a = :w"));
  EXPECT_EQ(error_of(check_all_used(r.placeholders)), "");
}

TEST(Placeholders, AreFoundAmongMany) {
  std::vector<std::pair<std::string, std::string>> names;
  for (int i = 0; i < 1000; ++i)
    names.push_back({concat({"#", std::to_string(i)}), std::to_string(i)});
  Request r(names, {});
  EXPECT_EQ(r.placeholders.use_name("#777")->name, "777");
  EXPECT_EQ(r.placeholders.use_name("#0")->name, "0");
  EXPECT_EQ(r.placeholders.use_name("#1000"), nullptr);
  EXPECT_TRUE(r.placeholders.names[777].used);
  EXPECT_FALSE(r.placeholders.names[778].used);
}

// A few are compared with each other, many are looked up.
TEST(Placeholders, AreTheLastOfThoseWithTheirKey) {
  for (const int others : {1, 100}) {
    std::vector<std::pair<std::string, std::string>> names = {{"#a", "first"}};
    for (int i = 0; i < others; ++i) names.push_back({concat({"#", std::to_string(i)}), "other"});
    names.push_back({"#a", "last"});
    Request r(names, {{":v", "\"first\""}, {":w", "2"}, {":v", "\"last\""}});
    r.placeholders.keep_last();
    EXPECT_EQ(r.placeholders.names.size(), static_cast<std::size_t>(others) + 1);
    EXPECT_EQ(r.placeholders.use_name("#a")->name, "last");
    EXPECT_EQ(r.placeholders.use_name("#0")->name, "other");
    ASSERT_EQ(r.placeholders.values.size(), 2U);
    EXPECT_EQ(r.placeholders.values[0].key, ":w");
    EXPECT_EQ(r.placeholders.use_value(":v")->value.text(), "last");
  }
}

TEST(ReservedWords, AreKnownInAnyCase) {
  for (const char* word : {"ABORT", "abort", "Name", "status", "ZONE", "zone", "TTL", "size", "set",
                           "between", "Year", "user"}) {
    EXPECT_TRUE(is_reserved_word(word)) << word;
  }
  for (const char* word : {"", "a", "pk", "surname", "abort_", "_abort", "zonee", "id",
                           "averyverylongattributename"}) {
    EXPECT_FALSE(is_reserved_word(word)) << word;
  }
}

}  // namespace
}  // namespace stator
