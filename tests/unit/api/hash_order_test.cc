#include "api/ops/hash_order.h"

#include <gmock/gmock.h>

namespace stator {
namespace {

using testing::ElementsAre;

std::vector<std::string_view> in_set(std::vector<std::string_view> names) {
  sort_by_hash(buckets_of_set(names.size()), &names);
  return names;
}

std::vector<std::string_view> in_map(std::vector<std::string_view> names) {
  sort_by_hash(buckets_of_map(names.size()), &names);
  return names;
}

// As AWS printed them: agno-agi/agno#4769.
TEST(HashOrder, IsThatOfAwsForManyDefinitions) {
  EXPECT_THAT(
      in_map({"access_count", "description", "created_at", "external_id", "id", "linked_to",
              "metadata", "name", "size", "status", "status_message", "type", "updated_at"}),
      ElementsAre("status_message", "metadata", "description", "created_at", "access_count",
                  "external_id", "type", "size", "updated_at", "name", "id", "linked_to",
                  "status"));
  EXPECT_THAT(in_set({"created_at", "user_id"}), ElementsAre("user_id", "created_at"));
}

// As AWS printed them: aws-samples/aws-batch-processing-job-repo#4, aws/aws-sdk-java#335.
TEST(HashOrder, IsThatOfAwsForAFewNames) {
  EXPECT_THAT(in_map({"CreatedTime", "ProductDescription", "ProductId", "ProductName"}),
              ElementsAre("ProductId", "CreatedTime", "ProductDescription", "ProductName"));
  EXPECT_THAT(in_set({"CreatedTime", "ProductId", "ProductName"}),
              ElementsAre("CreatedTime", "ProductName", "ProductId"));
  EXPECT_THAT(in_map({"extra", "hash", "index"}), ElementsAre("index", "hash", "extra"));
  EXPECT_THAT(in_set({"hash", "index"}), ElementsAre("index", "hash"));
}

TEST(HashOrder, LeavesNamesOfOneBucketAsTheyWere) {
  EXPECT_THAT(in_set({"Aa", "BB"}), ElementsAre("Aa", "BB")) << "which have one hash";
  EXPECT_THAT(in_set({"BB", "Aa"}), ElementsAre("BB", "Aa"));
}

TEST(HashOrder, CountsCharactersBeyondTheBasicPlaneAsTwo) {
  // Java: "\uD83D\uDE00".hashCode() is 1772899, "a" 97: buckets 8 and 1 of 16.
  EXPECT_THAT(in_set({"\xF0\x9F\x98\x80", "a"}), ElementsAre("a", "\xF0\x9F\x98\x80"));
}

TEST(HashOrder, HasAsManyBucketsAsJava) {
  EXPECT_EQ(buckets_of_set(1), 16U);
  EXPECT_EQ(buckets_of_set(12), 16U);
  EXPECT_EQ(buckets_of_set(13), 32U);
  EXPECT_EQ(buckets_of_map(1), 2U);
  EXPECT_EQ(buckets_of_map(2), 4U);
  EXPECT_EQ(buckets_of_map(4), 8U);
  EXPECT_EQ(buckets_of_map(6), 16U);
  EXPECT_EQ(buckets_of_map(13), 32U);
}

}  // namespace
}  // namespace stator
