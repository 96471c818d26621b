// Which writes leave which change records.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../expression/support.h"
#include "../storage/temporary_directory.h"
#include "api/run_write.h"
#include "engine_fixture.h"
#include "stream_fixture.h"
#include "streams/shard_reader.h"

namespace stator::testing_support {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class StreamRecords : public StreamFixture {
 protected:
  void SetUp() override { open(); }

  void update(const std::string& key, const std::string& expression,
              const Json& values = Json::object()) {
    Json request = {
        {"TableName", "table"}, {"Key", {{"pk", {{"S", key}}}}}, {"UpdateExpression", expression}};
    if (!values.empty()) request["ExpressionAttributeValues"] = values;
    ask("UpdateItem", request);
  }

  // The images of the records of an item that was put, changed and removed.
  std::vector<std::string> images() {
    put("a", 1);
    put("a", 2);
    erase("a");
    std::vector<std::string> images;
    for (const Json& record : all_records()) {
      const Json& change = record["dynamodb"];
      const auto value = [&](const char* name) {
        return change.contains(name) ? change[name]["v"]["N"].get<std::string>() : "-";
      };
      images.push_back(value("OldImage") + value("NewImage"));
    }
    return images;
  }
};

TEST_F(StreamRecords, AreOneForEachChange) {
  create();
  put("a", 1);
  update("a", "SET v = :v", {{":v", {{"N", "2"}}}});
  update("b", "SET v = :v", {{":v", {{"N", "3"}}}});
  erase("a");
  EXPECT_THAT(summaries(all_records()),
              UnorderedElementsAre("INSERT a", "MODIFY a", "INSERT b", "REMOVE a"));
}

TEST_F(StreamRecords, AreOneForEachWriteOfABatch) {
  create();
  put("gone", 1);
  ask("BatchWriteItem",
      {{"RequestItems",
        {{"table", Json::array({{{"PutRequest", {{"Item", {{"pk", {{"S", "a"}}}}}}}},
                                {{"PutRequest", {{"Item", {{"pk", {{"S", "b"}}}}}}}},
                                {{"DeleteRequest", {{"Key", {{"pk", {{"S", "gone"}}}}}}}},
                                {{"DeleteRequest", {{"Key", {{"pk", {{"S", "none"}}}}}}}}})}}}});
  EXPECT_THAT(summaries(all_records()),
              UnorderedElementsAre("INSERT gone", "INSERT a", "INSERT b", "REMOVE gone"));
}

TEST_F(StreamRecords, AreNoneForWritesThatChangeNothing) {
  create();
  put("a", 1);
  put("a", 1);
  update("a", "SET v = :v", {{":v", {{"N", "1.0"}}}});
  update("a", "REMOVE nothing");
  update("none", "REMOVE nothing");
  erase("none");
  EXPECT_THAT(summaries(all_records()), ElementsAre("INSERT a"));
}

TEST_F(StreamRecords, AreNoneForWritesThatFail) {
  create();
  const Json request = {{"TableName", "table"},
                        {"Item", {{"pk", {{"S", "a"}}}}},
                        {"ConditionExpression", "attribute_exists(pk)"}};
  EXPECT_EQ(failure("PutItem", request),
            "ConditionalCheckFailedException: The conditional request failed");
  EXPECT_THAT(all_records(), IsEmpty());
}

TEST_F(StreamRecords, KeepTheImagesThatTheViewTypeSays) {
  create("NEW_AND_OLD_IMAGES");
  EXPECT_THAT(images(), ElementsAre("-1", "12", "2-"));
}

TEST_F(StreamRecords, KeepNewImages) {
  create("NEW_IMAGE");
  EXPECT_THAT(images(), ElementsAre("-1", "-2", "--"));
}

TEST_F(StreamRecords, KeepOldImages) {
  create("OLD_IMAGE");
  EXPECT_THAT(images(), ElementsAre("--", "1-", "2-"));
}

TEST_F(StreamRecords, KeepKeysOnly) {
  create("KEYS_ONLY");
  EXPECT_THAT(images(), ElementsAre("--", "--", "--"));
}

TEST_F(StreamRecords, SayWhatAwsSays) {
  create();
  put("a", 1);
  const Json record = all_records().at(0);
  EXPECT_EQ(record["eventVersion"], "1.1");
  EXPECT_EQ(record["eventSource"], "aws:dynamodb");
  EXPECT_EQ(record["awsRegion"], "us-east-1");
  EXPECT_EQ(record["eventID"].get<std::string>().size(), 32U);
  EXPECT_FALSE(record.contains("userIdentity"));
  const Json& change = record["dynamodb"];
  EXPECT_EQ(change["ApproximateCreationDateTime"], 1'700'000'000);
  EXPECT_EQ(change["SizeBytes"], 9);
  EXPECT_EQ(change["StreamViewType"], "NEW_AND_OLD_IMAGES");
}

TEST_F(StreamRecords, BeginWhenTheStreamIsEnabledAndEndWhenItIsDisabled) {
  create("KEYS_ONLY", {{"StreamSpecification", {{"StreamEnabled", false}}}});
  put("before", 1);
  enable();
  put("during", 1);
  disable();
  put("after", 1);
  EXPECT_THAT(summaries(all_records()), ElementsAre("INSERT during"));
}

TEST_F(StreamRecords, GoOnWhereTheyWereWhenADirectoryIsOpenedAgain) {
  const TemporaryDirectory directory;
  open({.directory = directory.path()});
  create();
  put("a", 1);
  const Json first = all_records().at(0);
  close();
  open({.directory = directory.path()});
  put("a", 2);
  const std::vector<Json> records = all_records();
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0], first);
  EXPECT_GT(records[1]["dynamodb"]["SequenceNumber"], first["dynamodb"]["SequenceNumber"]);
  EXPECT_EQ(database().check().report.problem_count, 0U);
  EXPECT_EQ(database().check().report.stream_records, 2U);
}

// The seam for what expires.
TEST(ServiceWrites, CarryTheServicesIdentity) {
  TestEngine test;
  Engine& engine = test.engine();
  const auto enabled = [&](const Catalog& catalog) -> Result<TableDefinition> {
    TableDefinition table = catalog.find({}, "t", TimePoint())->definition;
    table.stream = TableStream{.view = StreamViewType::keys_only};
    return table;
  };
  ASSERT_TRUE(engine.catalog->put(enabled));
  test.put(R"({pk: "a", sk: 1})");
  const std::string key = item_bytes_of(R"({pk: "a", sk: 1})");
  const std::string row_key = test.row_key(R"({pk: "a", sk: 1})");
  WritePlan plan;
  plan.kind = WriteKind::remove;
  plan.table = &test.table();
  plan.row_key = row_key;
  plan.item = ItemView::trusted(key);
  plan.actor = ChangeActor::service;
  WriteOutcome outcome;
  Arena arena;
  ASSERT_TRUE(run_write(&engine, {&plan, 1}, {&outcome, 1}, &arena, TimePoint()));
  const StreamsSnapshot streams = engine.streams->snapshot();
  const LiveStream& stream = *streams->all().begin()->second;
  std::vector<ChangeActor> actors;
  const auto page = read_shard(
      *engine.store, stream, stream.definition().shards.all().front(), 0,
      {.oldest = {}, .newest = TimePoint::max()}, {},
      [&](std::uint64_t, const StreamRecordView& record) { actors.push_back(record.actor); });
  ASSERT_TRUE(page);
  EXPECT_THAT(actors, ElementsAre(ChangeActor::client, ChangeActor::service));
}

}  // namespace
}  // namespace stator::testing_support
