// Streams that are enabled, disabled and forgotten, on a clock that is moved.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../storage/temporary_directory.h"
#include "stream_fixture.h"

namespace stator::testing_support {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

class StreamTimes : public StreamFixture {
 protected:
  void start(TransitionTimes transitions = {}) {
    DatabaseOptions options;
    options.transitions = transitions;
    open(std::move(options));
  }

  Json table() { return ask("DescribeTable", {{"TableName", "table"}})["Table"]; }
  std::string status(const std::string& stream) {
    return ask("DescribeStream", {{"StreamArn", stream}})["StreamDescription"]["StreamStatus"];
  }
  std::vector<std::string> listed() {
    std::vector<std::string> arns;
    const Json reply = ask("ListStreams", Json::object());
    for (const Json& stream : reply["Streams"]) arns.push_back(stream["StreamArn"]);
    return arns;
  }
};

TEST_F(StreamTimes, ATableNamesItsLatestStream) {
  start();
  const Json created = create("NEW_IMAGE");
  EXPECT_EQ(created["LatestStreamLabel"], "2023-11-14T22:13:20.000");
  EXPECT_EQ(created["LatestStreamArn"],
            "arn:aws:dynamodb:us-east-1:000000000000:table/table/stream/2023-11-14T22:13:20.000");
  EXPECT_EQ(created["StreamSpecification"],
            Json({{"StreamEnabled", true}, {"StreamViewType", "NEW_IMAGE"}}));
  EXPECT_EQ(table()["StreamSpecification"], created["StreamSpecification"]);
}

TEST_F(StreamTimes, ADisabledStreamIsReadableForADay) {
  start();
  create();
  put("a", 1);
  const std::string stream = arn();
  disable();
  EXPECT_FALSE(table().contains("StreamSpecification"));
  EXPECT_EQ(table()["LatestStreamArn"], stream);
  advance(24h);
  EXPECT_EQ(status(stream), "DISABLED");
  EXPECT_THAT(summaries(all_records(stream)), ElementsAre("INSERT a"));
  EXPECT_THAT(listed(), ElementsAre(stream));
  advance(1ms);
  EXPECT_EQ(
      failure("DescribeStream", {{"StreamArn", stream}}),
      "ResourceNotFoundException: Requested resource not found: Stream: " + stream + " not found");
  EXPECT_THAT(listed(), SizeIs(0));
  EXPECT_EQ(table()["LatestStreamArn"], stream);
}

TEST_F(StreamTimes, EnablingAgainMakesAnotherStreamEvenInTheSameMillisecond) {
  start();
  create();
  const std::string first = arn();
  disable();
  enable();
  const std::string second = arn();
  EXPECT_NE(first, second);
  EXPECT_THAT(listed(), ElementsAre(first, second));
  put("a", 1);
  EXPECT_THAT(all_records(first), SizeIs(0));
  EXPECT_THAT(all_records(second), SizeIs(1));
}

TEST_F(StreamTimes, TheStreamOfADeletedTableIsReadableForADay) {
  start();
  create();
  put("a", 1);
  const std::string stream = arn();
  ask("DeleteTable", {{"TableName", "table"}});
  EXPECT_EQ(status(stream), "DISABLED");
  create();
  EXPECT_NE(arn(), stream);
  EXPECT_THAT(summaries(all_records(stream)), ElementsAre("INSERT a"));
  advance(24h + 1ms);
  EXPECT_THAT(listed(), ElementsAre(arn()));
}

TEST_F(StreamTimes, WhatIsGoneLeavesNoRows) {
  const TemporaryDirectory directory;
  open({.directory = directory.path()});
  create();
  for (int i = 0; i < 100; ++i) put("a", i);
  ask("DeleteTable", {{"TableName", "table"}});
  EXPECT_EQ(database().check().report.stream_records, 100U);
  advance(25h);
  EXPECT_THAT(listed(), SizeIs(0));
  EXPECT_EQ(database().check().report.stream_records, 0U);
  EXPECT_EQ(database().check().report.problem_count, 0U);
}

TEST_F(StreamTimes, OldRecordsLeaveTheStore) {
  start();
  create();
  for (int i = 0; i < 100; ++i) put("a", i);
  advance(25h);
  put("b", 1);
  listed();
  EXPECT_EQ(database().check().report.stream_records, 1U);
  EXPECT_EQ(database().check().report.problem_count, 0U);
}

TEST_F(StreamTimes, AStreamIsEnabledAndDisabledWhileItsTableIsUpdating) {
  start({.creating = 5s, .updating = 3s, .deleting = 1s});
  create();
  EXPECT_EQ(status(arn()), "ENABLING");
  advance(5s);
  EXPECT_EQ(status(arn()), "ENABLED");
  const Json reply = disable()["TableDescription"];
  EXPECT_EQ(reply["TableStatus"], "UPDATING");
  EXPECT_EQ(status(arn()), "DISABLING");
  advance(3s);
  EXPECT_EQ(status(arn()), "DISABLED");
  EXPECT_EQ(table()["TableStatus"], "ACTIVE");
}

TEST_F(StreamTimes, WhileAStreamChangesTheTableIsInUse) {
  start({.updating = 3s});
  create("KEYS_ONLY", {{"StreamSpecification", {{"StreamEnabled", false}}}});
  enable();
  const std::string label = table()["LatestStreamLabel"];
  const Json off = {{"TableName", "table"}, {"StreamSpecification", {{"StreamEnabled", false}}}};
  const std::string start =
      "ResourceInUseException: Attempt to change a resource which is still in use: ";
  EXPECT_EQ(failure("UpdateTable", off), start +
                                             "A stream status change is currently in progress. "
                                             "Table: table Stream: " +
                                             label + " Operation: ENABLE");
  EXPECT_EQ(failure("DeleteTable", {{"TableName", "table"}}),
            start + "Cannot delete table while stream is being enabled.");
  advance(3s);
  ask("UpdateTable", off);
  EXPECT_THAT(failure("UpdateTable", off), HasSubstr("Operation: DISABLE"));
  EXPECT_EQ(failure("DeleteTable", {{"TableName", "table"}}),
            start + "Cannot delete table while stream is being disabled.");
}

TEST_F(StreamTimes, WhatAStreamKnowsIsThereAfterAReopening) {
  const TemporaryDirectory directory;
  open({.directory = directory.path()});
  create("OLD_IMAGE");
  put("a", 1);
  const std::string disabled = arn();
  disable();
  enable("KEYS_ONLY");
  const Json before = ask("DescribeStream", {{"StreamArn", arn()}});
  const Json before_disabled = ask("DescribeStream", {{"StreamArn", disabled}});
  close();
  open({.directory = directory.path()});
  EXPECT_EQ(ask("DescribeStream", {{"StreamArn", arn()}}), before);
  EXPECT_EQ(ask("DescribeStream", {{"StreamArn", disabled}}), before_disabled);
  EXPECT_THAT(summaries(all_records(disabled)), ElementsAre("INSERT a"));
}

}  // namespace
}  // namespace stator::testing_support
