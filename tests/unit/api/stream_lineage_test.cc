// Shards that split and roll over, and a consumer that walks their lineage meanwhile.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "../storage/temporary_directory.h"
#include "stream_fixture.h"

namespace stator::testing_support {
namespace {

using namespace std::chrono_literals;
using support::LineageReader;
using support::Replay;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class StreamLineage : public StreamFixture {
 protected:
  void SetUp() override { open(); }

  // Makes the table serve so much at once, for which it takes that many partitions.
  void grow_to(int partitions) {
    ask("UpdateTable",
        {{"TableName", "table"},
         {"WarmThroughput",
          {{"ReadUnitsPerSecond", 12'000}, {"WriteUnitsPerSecond", partitions * 1000}}}});
  }

  std::map<std::string, std::vector<std::string>> children() {
    std::map<std::string, std::vector<std::string>> children;
    for (const Json& shard : shards()) {
      if (shard.contains("ParentShardId")) {
        children[shard["ParentShardId"]].push_back(shard["ShardId"]);
      }
    }
    return children;
  }

  // What the table holds, by key as text.
  std::map<std::string, Json> items() {
    std::map<std::string, Json> items;
    Json request = {{"TableName", "table"}, {"ConsistentRead", true}};
    for (;;) {
      const Json page = ask("Scan", request);
      for (const Json& item : page["Items"]) items[Json({{"pk", item["pk"]}}).dump()] = item;
      if (!page.contains("LastEvaluatedKey")) return items;
      request["ExclusiveStartKey"] = page["LastEvaluatedKey"];
    }
  }
};

TEST_F(StreamLineage, HasAnOpenShardForEachPartition) {
  create();
  EXPECT_THAT(open_shards(), SizeIs(4));
}

TEST_F(StreamLineage, GivesACutPartitionTwoChildren) {
  create();
  const std::vector<Json> parents = open_shards();
  grow_to(8);
  EXPECT_THAT(open_shards(), SizeIs(8));
  EXPECT_THAT(shards(), SizeIs(12));
  for (const Json& parent : parents) EXPECT_THAT(children()[parent["ShardId"]], SizeIs(2));
}

TEST_F(StreamLineage, GivesAnOldShardOneChild) {
  create();
  const std::vector<Json> parents = open_shards();
  advance(4h - 1ms);
  EXPECT_THAT(shards(), SizeIs(4));
  advance(1ms);
  EXPECT_THAT(shards(), SizeIs(8));
  for (const Json& parent : parents) EXPECT_THAT(children()[parent["ShardId"]], SizeIs(1));
}

TEST_F(StreamLineage, SelectsTheChildrenOfAShard) {
  create();
  const Json parent = open_shards().at(1);
  grow_to(8);
  const Json reply =
      ask("DescribeStream",
          {{"StreamArn", arn()},
           {"ShardFilter", {{"Type", "CHILD_SHARDS"}, {"ShardId", parent["ShardId"]}}}});
  const Json& found = reply["StreamDescription"]["Shards"];
  ASSERT_THAT(found, SizeIs(2));
  for (const Json& child : found) EXPECT_EQ(child["ParentShardId"], parent["ShardId"]);
}

TEST_F(StreamLineage, IsListedPageByPage) {
  create();
  grow_to(8);
  std::vector<Json> listed;
  Json request = {{"StreamArn", arn()}, {"Limit", 5}};
  for (int page = 0; page < 3; ++page) {
    const Json reply = ask("DescribeStream", request)["StreamDescription"];
    listed.insert(listed.end(), reply["Shards"].begin(), reply["Shards"].end());
    EXPECT_EQ(reply.contains("LastEvaluatedShardId"), page < 2);
    if (page < 2) request["ExclusiveStartShardId"] = reply["LastEvaluatedShardId"];
  }
  EXPECT_EQ(listed, shards());
}

TEST_F(StreamLineage, PutsAnItemsRecordsIntoTheChildOnceItsShardIsClosed) {
  create();
  put("a", 1);
  const Json parent = open_shard_of("a");
  grow_to(8);
  put("a", 2);
  const Json child = open_shard_of("a");
  EXPECT_EQ(child["ParentShardId"], parent["ShardId"]);
  const Json closed = records(iterator(parent, "TRIM_HORIZON"));
  EXPECT_FALSE(closed.contains("NextShardIterator"));
  const std::vector<Json> last(closed["Records"].end() - 1, closed["Records"].end());
  EXPECT_THAT(summaries(last), ElementsAre("REMOVE a"));
  // Numbers grow along the lineage.
  const Json later = records(iterator(child, "TRIM_HORIZON"))["Records"][0];
  const std::string before = last[0]["dynamodb"]["SequenceNumber"];
  const std::string after = later["dynamodb"]["SequenceNumber"];
  EXPECT_TRUE(before.size() < after.size() || (before.size() == after.size() && before < after));
}

TEST_F(StreamLineage, ForgetsClosedShardsAfterADay) {
  create();
  const Json first = open_shards().at(0);
  advance(4h);
  ask("DescribeStream", {{"StreamArn", arn()}});
  advance(24h);
  EXPECT_EQ(shards().at(0)["ShardId"], first["ShardId"]);
  advance(1ms);
  EXPECT_NE(shards().at(0)["ShardId"], first["ShardId"]);
  EXPECT_EQ(failure("GetShardIterator", {{"StreamArn", arn()},
                                         {"ShardId", first["ShardId"]},
                                         {"ShardIteratorType", "TRIM_HORIZON"}}),
            "ResourceNotFoundException: Requested resource not found: Shard does not exist");
}

TEST_F(StreamLineage, GrowsWithTheTableWhileItsDirectoryIsClosed) {
  const TemporaryDirectory directory;
  open({.directory = directory.path()});
  create();
  put("a", 1);
  close();
  advance(5h);
  open({.directory = directory.path()});
  put("a", 2);
  EXPECT_THAT(shards(), SizeIs(8));
  EXPECT_THAT(summaries(all_records()), ElementsAre("INSERT a", "MODIFY a"));
}

// Writers, splits, roll-overs and a consumer at the same time: it must see every change of every
// item once and in order, which is what the images of the records say.
TEST_F(StreamLineage, ShowsAConsumerEveryChangeOnceAndInOrder) {
  create();
  constexpr int kWriters = 3;
  constexpr int kWritesEach = 3000;
  std::atomic<int> running{kWriters};
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] {
      for (int i = 0; i < kWritesEach; ++i) {
        const std::string key = "key" + std::to_string(i * 7 % 50);
        if (i % 11 == 0) {
          erase(key);
        } else {
          put(key, i * kWriters + writer);
        }
      }
      --running;
    });
  }
  LineageReader reader(arn());
  Replay replay;
  std::set<std::string> ids;
  std::size_t count = 0;
  const auto consume = [&] {
    for (const Json& record : reader.read_new(asker())) {
      replay.apply(record);
      ids.insert(record["eventID"].get<std::string>());
      ++count;
    }
  };
  for (int round = 0; running > 0; ++round) {
    if (round % 3 == 0 && round < 60) advance(2h);
    if (round % 20 == 10 && round < 60) grow_to(8 << (round / 20));
    consume();
  }
  for (std::thread& writer : writers) writer.join();
  for (std::size_t before = SIZE_MAX; before != count;) {
    before = count;
    consume();
  }
  EXPECT_THAT(replay.faults(), IsEmpty());
  EXPECT_EQ(replay.items(), items());
  EXPECT_EQ(ids.size(), count);
  EXPECT_EQ(database().check().report.problems, std::vector<std::string>());
}

}  // namespace
}  // namespace stator::testing_support
