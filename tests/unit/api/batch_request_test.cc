// What batches make of members that are there twice: the later stands, as in other requests.
#include <gtest/gtest.h>

#include "database_support.h"

namespace stator {
namespace {

using testing_support::answer;
using testing_support::open_with_table;

constexpr char kCount[] = R"({"TableName":"table","Select":"COUNT"})";

class BatchRequest : public testing::Test {
 protected:
  // The number of items after a batch whose RequestItems is, or are, `members`.
  std::string count_after(const std::string& members) {
    answer(database_.get(), "BatchWriteItem", "{" + members + "}");
    return answer(database_.get(), "Scan", kCount);
  }

  const std::unique_ptr<Database> database_ = open_with_table();
};

std::string put(const std::string& key) {
  return R"([{"PutRequest":{"Item":{"pk":{"S":")" + key + R"("}}}}])";
}

TEST_F(BatchRequest, WritesTheLaterOfTwoRequestItems) {
  EXPECT_EQ(count_after(R"("RequestItems":{"table":)" + put("a") + R"(},"RequestItems":{"table":)" +
                        put("b") + "}"),
            R"({"Count":1,"ScannedCount":1})");
}

TEST_F(BatchRequest, WritesTheLaterOfTwoBlocksOfATable) {
  EXPECT_EQ(count_after(R"("RequestItems":{"table":)" + put("a") + R"(,"table":)" + put("b") + "}"),
            R"({"Count":1,"ScannedCount":1})");
}

TEST_F(BatchRequest, KeepsNothingOfTheEarlierOfTwoPutRequests) {
  const std::string error = testing_support::failure(
      database_.get(), "BatchWriteItem",
      R"({"RequestItems":{"table":[{"PutRequest":{"Item":{"pk":{"S":"a"}}},"PutRequest":{}}]}})");
  EXPECT_NE(error.find("putRequest.item"), std::string::npos) << error;
}

TEST_F(BatchRequest, ReadsTheLaterOfTwoKeys) {
  count_after(R"("RequestItems":{"table":)" + put("a") + "}");
  count_after(R"("RequestItems":{"table":)" + put("b") + "}");
  EXPECT_EQ(answer(database_.get(), "BatchGetItem",
                   R"({"RequestItems":{"table":{"Keys":[{"pk":{"S":"a"}}],)"
                   R"("Keys":[{"pk":{"S":"b"}}]}}})"),
            R"({"Responses":{"table":[{"pk":{"S":"b"}}]},"UnprocessedKeys":{}})");
}

}  // namespace
}  // namespace stator
