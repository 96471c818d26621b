#include "api/constraint_errors.h"

#include <gtest/gtest.h>

#include <vector>

namespace stator {
namespace {

TEST(ConstraintError, TellsValuePathAndConstraint) {
  const BrokenConstraint broken = {"'[a, b]'", "keySchema.1.member.keyType", "some constraint"};
  const Error error = constraint_error({&broken, 1});
  EXPECT_EQ(error.code(), ErrorCode::validation);
  EXPECT_EQ(error.message(),
            "1 validation error detected: Value '[a, b]' at 'keySchema.1.member.keyType' failed to "
            "satisfy constraint: some constraint");
}

TEST(ConstraintError, LeavesAnUntoldValueOut) {
  const BrokenConstraint broken = {"", "Limit", "some constraint"};
  EXPECT_EQ(constraint_error({&broken, 1}).message(),
            "1 validation error detected: Value at 'Limit' failed to satisfy constraint: some "
            "constraint");
}

TEST(ConstraintError, CountsAndJoins) {
  const std::vector<BrokenConstraint> broken = {{"null", "key", "one"}, {"'0'", "limit", "two"}};
  EXPECT_EQ(constraint_error(broken).message(),
            "2 validation errors detected: Value null at 'key' failed to satisfy constraint: one; "
            "Value '0' at 'limit' failed to satisfy constraint: two");
}

TEST(ConstraintError, EndsWithTheTenth) {
  std::vector<BrokenConstraint> broken;
  for (int i = 1; i <= 12; ++i) broken.push_back({"null", "m" + std::to_string(i), "c"});
  const std::string text = constraint_error(broken).message();
  EXPECT_TRUE(text.starts_with("10 validation errors detected: Value null at 'm1' ")) << text;
  EXPECT_NE(text.find("'m10'"), std::string::npos);
  EXPECT_EQ(text.find("'m11'"), std::string::npos);
}

TEST(Enveloped, WrapsValidationErrorsAlone) {
  EXPECT_EQ(enveloped(validation_error("text")).message(), "1 validation error detected: text");
  const Error other = enveloped(Error(ErrorCode::resource_not_found, "text"));
  EXPECT_EQ(other.message(), "text");
  EXPECT_EQ(other.code(), ErrorCode::resource_not_found);
}

}  // namespace
}  // namespace stator
