#include "expression/parse_stack.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>

namespace stator {
namespace {

std::thread::id parsed_on(const std::string& text) {
  const Result<std::thread::id> thread =
      parse_on_stack(text, []() -> Result<std::thread::id> { return std::this_thread::get_id(); });
  return thread ? *thread : std::thread::id();
}

TEST(ParseStack, IsTheCallersForWhatIsShallow) {
  EXPECT_EQ(parsed_on(""), std::this_thread::get_id());
  EXPECT_EQ(parsed_on(std::string(kShallowParenthesesMax, '(')), std::this_thread::get_id());
  EXPECT_EQ(parsed_on(std::string(kExpressionBytesMax, ')')), std::this_thread::get_id());
}

TEST(ParseStack, IsOneOfItsOwnForWhatIsDeep) {
  const std::thread::id thread = parsed_on(std::string(kShallowParenthesesMax + 1, '('));
  EXPECT_NE(thread, std::this_thread::get_id());
  EXPECT_NE(thread, std::thread::id());
}

TEST(ParseStack, HandsBackErrorsAsTheyAre) {
  const Result<int> parsed =
      parse_on_stack(std::string(kExpressionBytesMax, '('),
                     []() -> Result<int> { return Error(ErrorCode::validation, "deep"); });
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().message(), "deep");
}

}  // namespace
}  // namespace stator
