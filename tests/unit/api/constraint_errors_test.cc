#include "api/constraint_errors.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

constexpr char kOne[] = "1 validation error detected: ";

// The text of all errors that `check` adds; "" when there are none.
template <typename Check>
std::string errors(Check&& check) {
  ConstraintErrors collected;
  check(collected);
  const Result<void> result = collected.result();
  if (result) return "";
  EXPECT_EQ(result.error().code(), ErrorCode::validation);
  return result.error().message();
}

TEST(ConstraintErrors, AreNoneAtFirst) {
  EXPECT_EQ(errors([](ConstraintErrors&) {}), "");
}

TEST(ConstraintErrors, NameAbsentMembers) {
  EXPECT_EQ(errors([](ConstraintErrors& e) { e.require(false, "tableName"); }),
            std::string(kOne) +
                "Value null at 'tableName' failed to satisfy constraint: Member must not be null");
  EXPECT_EQ(errors([](ConstraintErrors& e) { e.require(true, "tableName"); }), "");
}

TEST(ConstraintErrors, ListTheWordsOfAnEnumInTheGivenOrder) {
  const auto check = [](std::optional<std::string_view> word) {
    return errors([word](ConstraintErrors& e) {
      e.one_of(word, "returnConsumedCapacity", {"INDEXES", "TOTAL", "NONE"});
    });
  };
  EXPECT_EQ(check("hi"),
            std::string(kOne) +
                "Value 'hi' at 'returnConsumedCapacity' failed to satisfy constraint: Member must "
                "satisfy enum value set: [INDEXES, TOTAL, NONE]");
  EXPECT_NE(check(""), "");
  EXPECT_NE(check("total"), "");
  EXPECT_EQ(check("TOTAL"), "");
  EXPECT_EQ(check(std::nullopt), "");
}

TEST(ConstraintErrors, BoundNumbers) {
  const auto check = [](std::optional<std::int64_t> value) {
    return errors([value](ConstraintErrors& e) {
      e.at_least(value, "totalSegments", 1);
      e.at_most(value, "totalSegments", 1'000'000);
    });
  };
  EXPECT_EQ(check(0), std::string(kOne) +
                          "Value '0' at 'totalSegments' failed to satisfy constraint: Member "
                          "must have value greater than or equal to 1");
  EXPECT_EQ(check(1'000'001),
            std::string(kOne) +
                "Value '1000001' at 'totalSegments' failed to satisfy constraint: Member must have "
                "value less than or equal to 1000000");
  EXPECT_EQ(check(1), "");
  EXPECT_EQ(check(1'000'000), "");
  EXPECT_EQ(check(std::nullopt), "");
}

TEST(ConstraintErrors, BoundLengths) {
  const auto check = [](std::optional<std::string_view> value) {
    return errors([value](ConstraintErrors& e) { e.length(value, "indexName", 3, 5); });
  };
  EXPECT_EQ(check("ab"), std::string(kOne) +
                             "Value 'ab' at 'indexName' failed to satisfy constraint: Member "
                             "must have length greater than or equal to 3");
  EXPECT_EQ(check("abcdef"), std::string(kOne) +
                                 "Value 'abcdef' at 'indexName' failed to satisfy constraint: "
                                 "Member must have length less than or equal to 5");
  EXPECT_EQ(check("abc"), "");
  EXPECT_EQ(check("abcde"), "");
  EXPECT_EQ(check(std::nullopt), "");
}

TEST(ConstraintErrors, HoldNamesToTheirPattern) {
  const auto check = [](std::optional<std::string_view> value) {
    return errors([value](ConstraintErrors& e) { e.name_pattern(value, "tableName"); });
  };
  EXPECT_EQ(check("a b"), std::string(kOne) +
                              "Value 'a b' at 'tableName' failed to satisfy constraint: Member "
                              "must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
  EXPECT_EQ(check("azAZ09_.-"), "");
  EXPECT_EQ(check(std::nullopt), "");
}

TEST(ConstraintErrors, AreCountedAndJoined) {
  EXPECT_EQ(errors([](ConstraintErrors& e) {
              e.require(false, "key");
              e.add("[a, b]", "keySchema.1.member.keyType", "some constraint");
            }),
            "2 validation errors detected: Value null at 'key' failed to satisfy constraint: "
            "Member must not be null; Value '[a, b]' at 'keySchema.1.member.keyType' failed to "
            "satisfy constraint: some constraint");
}

TEST(ConstraintErrors, EndWithTheTenth) {
  const std::string text = errors([](ConstraintErrors& e) {
    for (int i = 1; i <= 12; ++i) e.require(false, "m" + std::to_string(i));
  });
  EXPECT_TRUE(text.starts_with("10 validation errors detected: Value null at 'm1' ")) << text;
  EXPECT_NE(text.find("'m10'"), std::string::npos);
  EXPECT_EQ(text.find("'m11'"), std::string::npos);
}

TEST(IsName, IsOneOrMoreOfAFewCharacters) {
  EXPECT_TRUE(is_name("a"));
  EXPECT_TRUE(is_name("Table-1_of.many"));
  for (const std::string_view text : {"", " ", "a b", "a/b", "a:b", "h\xC3\xA9", "a\n"}) {
    EXPECT_FALSE(is_name(text)) << text;
  }
  EXPECT_FALSE(is_name(std::string_view("a\0b", 3)));
}

TEST(Enveloped, WrapsValidationErrorsAlone) {
  EXPECT_EQ(enveloped(validation_error("text")).message(), "1 validation error detected: text");
  const Error other = enveloped(Error(ErrorCode::resource_not_found, "text"));
  EXPECT_EQ(other.message(), "text");
  EXPECT_EQ(other.code(), ErrorCode::resource_not_found);
}

}  // namespace
}  // namespace stator
