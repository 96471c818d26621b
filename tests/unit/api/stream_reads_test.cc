// Iterators and pages of GetRecords, on a clock that is moved.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stream_fixture.h"

namespace stator::testing_support {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kTrimmed[] =
    "TrimmedDataAccessException: The data you are trying to access has been trimmed";

// A table of one partition, so that its stream has one open shard.
class StreamReads : public StreamFixture {
 protected:
  void SetUp() override {
    open();
    create("NEW_AND_OLD_IMAGES",
           {{"BillingMode", "PROVISIONED"},
            {"ProvisionedThroughput", {{"ReadCapacityUnits", 5}, {"WriteCapacityUnits", 5}}}});
  }

  Json shard() { return open_shards().at(0); }
  std::string number_of(std::size_t record) {
    return all_records().at(record)["dynamodb"]["SequenceNumber"];
  }
  std::vector<std::string> read(const std::string& from) {
    return summaries(records(from)["Records"]);
  }
};

TEST_F(StreamReads, BeginAtTheOldestRecordOrBehindTheLatest) {
  put("a", 1);
  const std::string oldest = iterator(shard(), "TRIM_HORIZON");
  const std::string latest = iterator(shard(), "LATEST");
  put("b", 1);
  EXPECT_THAT(read(oldest), ElementsAre("INSERT a", "INSERT b"));
  EXPECT_THAT(read(latest), ElementsAre("INSERT b"));
}

TEST_F(StreamReads, BeginAtOrAfterASequenceNumber) {
  put("a", 1);
  put("b", 1);
  put("c", 1);
  EXPECT_THAT(read(iterator(shard(), "AT_SEQUENCE_NUMBER", number_of(1))),
              ElementsAre("INSERT b", "INSERT c"));
  EXPECT_THAT(read(iterator(shard(), "AFTER_SEQUENCE_NUMBER", number_of(1))),
              ElementsAre("INSERT c"));
  EXPECT_THAT(read(iterator(shard(), "AFTER_SEQUENCE_NUMBER", number_of(2))), IsEmpty());
}

TEST_F(StreamReads, BeginAtTheStartOfAShardWithItsStartingNumber) {
  put("a", 1);
  const std::string start = shard()["SequenceNumberRange"]["StartingSequenceNumber"];
  EXPECT_THAT(read(iterator(shard(), "AT_SEQUENCE_NUMBER", start)), ElementsAre("INSERT a"));
}

TEST_F(StreamReads, GoOnPageByPage) {
  for (const char* key : {"a", "b", "c"}) put(key, 1);
  Json page = records(iterator(shard(), "TRIM_HORIZON"), 2);
  EXPECT_THAT(summaries(page["Records"]), ElementsAre("INSERT a", "INSERT b"));
  page = records(page["NextShardIterator"], 2);
  EXPECT_THAT(summaries(page["Records"]), ElementsAre("INSERT c"));
  page = records(page["NextShardIterator"]);
  EXPECT_THAT(page["Records"], IsEmpty());
  put("d", 1);
  EXPECT_THAT(read(page["NextShardIterator"]), ElementsAre("INSERT d"));
}

TEST_F(StreamReads, HandOutAtMostAThousandRecords) {
  for (int i = 0; i < 1001; ++i) put("a", i);
  const Json page = records(iterator(shard(), "TRIM_HORIZON"));
  EXPECT_EQ(page["Records"].size(), 1000U);
  EXPECT_EQ(records(page["NextShardIterator"])["Records"].size(), 1U);
}

TEST_F(StreamReads, HandOutAtMostAMegabyte) {
  for (int i = 0; i < 4; ++i) {
    ask("PutItem", {{"TableName", "table"},
                    {"Item",
                     {{"pk", {{"S", "key" + std::to_string(i)}}},
                      {"v", {{"S", std::string(350'000, 'x')}}}}}});
  }
  const Json page = records(iterator(shard(), "TRIM_HORIZON"));
  EXPECT_EQ(page["Records"].size(), 2U);
  EXPECT_EQ(records(page["NextShardIterator"])["Records"].size(), 2U);
}

TEST_F(StreamReads, HandOutOneRecordHoweverLarge) {
  for (const char fill : {'x', 'y', 'z'}) {
    ask("PutItem", {{"TableName", "table"},
                    {"Item", {{"pk", {{"S", "a"}}}, {"v", {{"S", std::string(400'000, fill)}}}}}});
  }
  Json page = records(iterator(shard(), "TRIM_HORIZON"));
  EXPECT_EQ(page["Records"].size(), 1U);  // with both images the next is 800 KB
  page = records(page["NextShardIterator"]);
  EXPECT_EQ(page["Records"].size(), 1U);
}

TEST_F(StreamReads, NeedAnIteratorThatIsNotOlderThanFifteenMinutes) {
  put("a", 1);
  const std::string from = iterator(shard(), "TRIM_HORIZON");
  advance(15min);
  EXPECT_THAT(read(from), ElementsAre("INSERT a"));
  advance(1ms);
  EXPECT_EQ(failure("GetRecords", {{"ShardIterator", from}}),
            "ExpiredIteratorException: The provided iterator exceeds the maximum age allowed.");
}

TEST_F(StreamReads, RenewTheIterator) {
  const std::string from = iterator(shard(), "TRIM_HORIZON");
  advance(10min);
  const std::string next = records(from)["NextShardIterator"];
  advance(10min);
  EXPECT_THAT(read(next), IsEmpty());
}

TEST_F(StreamReads, SeeRecordsForADay) {
  put("a", 1);
  advance(1h);
  put("b", 1);
  advance(23h);
  EXPECT_THAT(summaries(all_records()), ElementsAre("INSERT a", "INSERT b"));
  advance(1ms);
  EXPECT_THAT(summaries(all_records()), ElementsAre("INSERT b"));
}

TEST_F(StreamReads, RefuseANumberThatIsTrimmed) {
  put("a", 1);
  const Json old = shard();
  const std::string number = number_of(0);
  advance(1h);
  put("b", 1);
  advance(23h + 1ms);
  Json request = {{"StreamArn", arn()},
                  {"ShardId", old["ShardId"]},
                  {"ShardIteratorType", "AT_SEQUENCE_NUMBER"},
                  {"SequenceNumber", number}};
  EXPECT_EQ(failure("GetShardIterator", request), kTrimmed);
  request["ShardIteratorType"] = "AFTER_SEQUENCE_NUMBER";
  EXPECT_THAT(read(ask("GetShardIterator", request)["ShardIterator"]), ElementsAre("INSERT b"));
}

TEST_F(StreamReads, RefuseAnIteratorWhoseRecordWasTrimmedMeanwhile) {
  put("a", 1);
  const Json old = shard();
  const std::string number = number_of(0);
  advance(24h);
  const std::string at = iterator(old, "AT_SEQUENCE_NUMBER", number);
  const std::string horizon = iterator(old, "TRIM_HORIZON");
  advance(1ms);
  EXPECT_EQ(failure("GetRecords", {{"ShardIterator", at}}), kTrimmed);
  EXPECT_THAT(read(horizon), IsEmpty());
}

TEST_F(StreamReads, WaitAsLongAsTheLagSays) {
  database().set_stream_lag(200ms);
  put("a", 1);
  const std::string from = iterator(shard(), "TRIM_HORIZON");
  advance(199ms);
  Json page = records(from);
  EXPECT_THAT(page["Records"], IsEmpty());
  advance(1ms);
  EXPECT_THAT(read(page["NextShardIterator"]), ElementsAre("INSERT a"));
}

TEST_F(StreamReads, DoNotEndAClosedShardBeforeItsLastRecordShows) {
  database().set_stream_lag(200ms);
  put("a", 1);
  const std::string from = iterator(shard(), "TRIM_HORIZON");
  disable();
  Json page = records(from);
  ASSERT_TRUE(page.contains("NextShardIterator"));
  advance(200ms);
  page = records(page["NextShardIterator"]);
  EXPECT_THAT(summaries(page["Records"]), ElementsAre("INSERT a"));
  EXPECT_FALSE(page.contains("NextShardIterator"));
}

TEST_F(StreamReads, FollowTheLagThatControlSets) {
  Reply reply;
  database().control({.method = "POST", .path = "/_stator/lag", .body = R"({"stream": "1s"})"},
                     &reply);
  EXPECT_EQ(reply.body, R"({"gsi":"0","read":"0","stream":"1s","indexes":[]})");
  put("a", 1);
  EXPECT_THAT(all_records(), IsEmpty());
  advance(1s);
  EXPECT_THAT(summaries(all_records()), ElementsAre("INSERT a"));
}

}  // namespace
}  // namespace stator::testing_support
