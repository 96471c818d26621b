// Items that expire, on a clock that is moved.
#include <gmock/gmock.h>

#include <filesystem>
#include <thread>

#include "database_support.h"
#include "stream_fixture.h"

namespace stator::testing_support {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class TimeToLiveTest : public StreamFixture {
 protected:
  static constexpr std::int64_t kStartSeconds = 1'700'000'000;

  void start(DatabaseOptions options = {}) {
    open(std::move(options));
    create();
    set(true);
  }

  void set(bool enabled) {
    ask("UpdateTimeToLive", {{"TableName", "table"}, {"TimeToLiveSpecification", spec(enabled)}});
  }
  static Json spec(bool enabled, const std::string& attribute = "expires") {
    return {{"Enabled", enabled}, {"AttributeName", attribute}};
  }
  std::string set_failure(bool enabled, const std::string& attribute = "expires") {
    return failure("UpdateTimeToLive",
                   {{"TableName", "table"}, {"TimeToLiveSpecification", spec(enabled, attribute)}});
  }

  void put_number(const std::string& key, const std::string& expires) {
    ask("PutItem",
        {{"TableName", "table"}, {"Item", {{"pk", {{"S", key}}}, {"expires", {{"N", expires}}}}}});
  }
  // Expires that many seconds after the start.
  void put_at(const std::string& key, std::int64_t seconds) {
    put_number(key, std::to_string(kStartSeconds + seconds));
  }

  std::vector<std::string> keys() {
    std::vector<std::string> keys;
    const Json reply = ask("Scan", {{"TableName", "table"}});
    for (const Json& item : reply["Items"]) keys.push_back(item["pk"]["S"]);
    std::sort(keys.begin(), keys.end());
    return keys;
  }

  Json description() {
    return ask("DescribeTimeToLive", {{"TableName", "table"}})["TimeToLiveDescription"];
  }

  void expect_sound() { EXPECT_THAT(database().check().report.problems, IsEmpty()); }

  std::string metrics() {
    Reply reply;
    database().control({.method = "GET", .path = "/metrics", .body = ""}, &reply);
    return reply.body;
  }
};

TEST_F(TimeToLiveTest, AnItemIsGoneOnceItsTimeHasPassed) {
  start();
  put_at("a", 10);
  put_at("b", 20);
  advance(10s);
  EXPECT_THAT(keys(), ElementsAre("a", "b"));
  advance(1ms);
  EXPECT_THAT(keys(), ElementsAre("b"));
  advance(1h);
  EXPECT_THAT(keys(), IsEmpty());
  expect_sound();
}

TEST_F(TimeToLiveTest, EveryFormOfANumberCounts) {
  start();
  put_number("exponent", "1.70000001E9");
  put_number("fraction", "1700000010.5");
  advance(10s + 400ms);
  EXPECT_THAT(keys(), ElementsAre("fraction"));
  advance(101ms);
  EXPECT_THAT(keys(), IsEmpty());
}

TEST_F(TimeToLiveTest, WhatIsNoTimeNeverExpires) {
  start();
  ask("PutItem", {{"TableName", "table"},
                  {"Item", {{"pk", {{"S", "text"}}}, {"expires", {{"S", "1700000001"}}}}}});
  put("none", 1);
  put_number("negative", "-5");
  put_number("huge", "1E100");
  put_number("milliseconds", "1700000001000");
  advance(24h * 365);
  EXPECT_THAT(keys(), ElementsAre("huge", "milliseconds", "negative", "none", "text"));
  expect_sound();
}

TEST_F(TimeToLiveTest, WhatExpiredMoreThanFiveYearsAgoStays) {
  start();
  constexpr std::int64_t kFiveYears = 5LL * 365 * 24 * 3600;
  put_at("old", -kFiveYears - 60);
  put_at("younger", -kFiveYears + 60);
  advance(1s);
  EXPECT_THAT(keys(), ElementsAre("old"));
  expect_sound();
}

TEST_F(TimeToLiveTest, WhatWasDueInALongLeapOfTheClockIsGone) {
  start();
  put_at("a", 10);
  advance(24h * 365 * 7);
  EXPECT_THAT(keys(), IsEmpty());
}

TEST_F(TimeToLiveTest, AnItemThatIsPutExpiredGoesWhenTimeMoves) {
  start();
  advance(100s);
  keys();
  put_at("late", 5);
  EXPECT_THAT(keys(), ElementsAre("late"));
  advance(1ms);
  EXPECT_THAT(keys(), IsEmpty());
}

TEST_F(TimeToLiveTest, ALaterTimeWins) {
  start();
  put_at("a", 10);
  put_at("a", 100);
  advance(50s);
  EXPECT_THAT(keys(), ElementsAre("a"));
  ask("UpdateItem", {{"TableName", "table"},
                     {"Key", {{"pk", {{"S", "a"}}}}},
                     {"UpdateExpression", "REMOVE expires"}});
  advance(1h);
  EXPECT_THAT(keys(), ElementsAre("a"));
  expect_sound();
}

TEST_F(TimeToLiveTest, ItemsThatWereThereBeforeExpireAsWell) {
  open();
  create();
  put_at("a", 10);
  put_at("b", -10);
  put("c", 1);
  set(true);
  expect_sound();
  advance(11s);
  EXPECT_THAT(keys(), ElementsAre("c"));
}

TEST_F(TimeToLiveTest, ALargeTableIsPreparedInTheBackground) {
  open();
  create();
  for (int i = 0; i < 1500; ++i) put_at(std::to_string(i), i % 2 == 0 ? 10 : 1'000'000);
  set(true);
  while (description()["TimeToLiveStatus"] != "ENABLED") std::this_thread::yield();
  expect_sound();
  advance(11s);
  EXPECT_EQ(keys().size(), 750U);
  expect_sound();
}

TEST_F(TimeToLiveTest, ADelayLetsItemsOutliveTheirTime) {
  start({.ttl_delay = 1min});
  put_at("a", 10);
  advance(70s);
  EXPECT_THAT(keys(), ElementsAre("a"));
  advance(1ms);
  EXPECT_THAT(keys(), IsEmpty());
}

TEST_F(TimeToLiveTest, TheRecordNamesTheService) {
  start();
  put_at("a", 10);
  advance(11s);
  keys();
  const std::vector<Json> records = all_records();
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(summary(records[1]), "REMOVE a");
  EXPECT_EQ(records[1]["userIdentity"],
            Json({{"PrincipalId", "dynamodb.amazonaws.com"}, {"Type", "Service"}}));
  EXPECT_FALSE(records[0].contains("userIdentity"));
  EXPECT_EQ(records[1]["dynamodb"]["OldImage"]["expires"]["N"], "1700000010");
}

TEST_F(TimeToLiveTest, DeletionsAreCountedAndConsumeNothing) {
  start();
  put_at("a", 10);
  put_at("b", 10);
  const auto written = [&] {
    const std::string text = metrics();
    const std::string name =
        "\ndynamodb_consumed_write_capacity_units_total{table_name=\"table\"} ";
    const std::size_t at = text.find(name);
    return text.substr(at, text.find('\n', at + 1) - at);
  };
  database().set_capacity_mode(CapacityMode::enforce);
  put_at("c", 10);
  const std::string before = written();
  EXPECT_THAT(before, HasSubstr("} 1"));
  advance(11s);
  EXPECT_THAT(keys(), IsEmpty());
  EXPECT_EQ(written(), before);
  EXPECT_THAT(
      metrics(),
      HasSubstr("dynamodb_time_to_live_deleted_item_count_total{table_name=\"table\"} 3\n"));
}

TEST_F(TimeToLiveTest, IndexRowsGoWithTheItem) {
  open();
  const Json key = Json::parse(R"([{"AttributeName":"g","KeyType":"HASH"}])");
  create(
      "NEW_AND_OLD_IMAGES",
      {{"AttributeDefinitions", Json::parse(R"([{"AttributeName":"pk","AttributeType":"S"},
                           {"AttributeName":"g","AttributeType":"S"}])")},
       {"GlobalSecondaryIndexes", Json::array({{{"IndexName", "by_g"},
                                                {"KeySchema", key},
                                                {"Projection", {{"ProjectionType", "ALL"}}}}})}});
  set(true);
  ask("PutItem", {{"TableName", "table"}, {"Item", Json::parse(R"({"pk":{"S":"a"},"g":{"S":"x"},
                                           "expires":{"N":"1700000010"}})")}});
  const auto count = [&] {
    return ask("Scan", {{"TableName", "table"}, {"IndexName", "by_g"}})["Count"].get<int>();
  };
  EXPECT_EQ(count(), 1);
  advance(11s);
  EXPECT_EQ(count(), 0);
  expect_sound();
}

TEST_F(TimeToLiveTest, AKeyMayBeTheTime) {
  open();
  ask("CreateTable", Json::parse(R"({"TableName":"table","BillingMode":"PAY_PER_REQUEST",
      "KeySchema":[{"AttributeName":"expires","KeyType":"HASH"}],
      "AttributeDefinitions":[{"AttributeName":"expires","AttributeType":"N"}]})"));
  set(true);
  ask("PutItem", {{"TableName", "table"}, {"Item", {{"expires", {{"N", "1700000010"}}}}}});
  advance(11s);
  EXPECT_EQ(ask("Scan", {{"TableName", "table"}})["Count"], 0);
  expect_sound();
}

TEST_F(TimeToLiveTest, TheClocksPathDeletesAtOnce) {
  start();
  put_at("a", 10);
  Reply reply;
  database().control({.method = "POST", .path = "/_stator/clock", .body = R"({"advance":"11s"})"},
                     &reply);
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_THAT(metrics(), HasSubstr("deleted_item_count_total{table_name=\"table\"} 1\n"));
}

TEST_F(TimeToLiveTest, TheMachinesClockDeletesByItself) {
  OpenResult opened = Database::open({.capacity = CapacityMode::off});
  ASSERT_TRUE(opened.database);
  Database& database = *opened.database;
  answer(&database, "CreateTable", kCreateTable);
  answer(&database, "UpdateTimeToLive",
         R"({"TableName":"table","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"t"}})");
  const auto now = std::chrono::duration_cast<std::chrono::seconds>(
      std::chrono::system_clock::now().time_since_epoch());
  answer(&database, "PutItem",
         R"({"TableName":"table","Item":{"pk":{"S":"k"},"t":{"N":")" +
             std::to_string(now.count() - 1) + R"("}}})");
  while (answer(&database, "GetItem", kGet) != "{}") std::this_thread::yield();
  EXPECT_EQ(database.check().report.problem_count, 0U);
}

TEST_F(TimeToLiveTest, TheSettingAndItsRowsOutliveTheProcess) {
  const std::filesystem::path directory =
      std::filesystem::temp_directory_path() / ("ttl_test" + std::to_string(::getpid()));
  std::filesystem::remove_all(directory);
  start({.directory = directory});
  put_at("a", 10);
  put_at("b", 100);
  close();
  advance(11s);
  open({.directory = directory});
  EXPECT_EQ(description()["AttributeName"], "expires");
  EXPECT_THAT(keys(), ElementsAre("b"));
  expect_sound();
  close();
  std::filesystem::remove_all(directory);
}

// ---- The setting ----

TEST_F(TimeToLiveTest, TheSettingIsDescribed) {
  open({.transitions = {.updating = 5s}});
  create();
  advance(5s);
  EXPECT_EQ(description(), Json({{"TimeToLiveStatus", "DISABLED"}}));
  set(true);
  EXPECT_EQ(description(), Json({{"TimeToLiveStatus", "ENABLING"}, {"AttributeName", "expires"}}));
  advance(5s);
  EXPECT_EQ(description(), Json({{"TimeToLiveStatus", "ENABLED"}, {"AttributeName", "expires"}}));
  advance(1h);
  set(false);
  EXPECT_EQ(description(), Json({{"TimeToLiveStatus", "DISABLING"}, {"AttributeName", "expires"}}));
  advance(5s);
  EXPECT_EQ(description(), Json({{"TimeToLiveStatus", "DISABLED"}}));
}

TEST_F(TimeToLiveTest, ItChangesOnceInHalfAnHour) {
  start();
  EXPECT_EQ(set_failure(false),
            "ValidationException: Time to live has been modified multiple times within a fixed "
            "interval");
  advance(30min - 1ms);
  EXPECT_EQ(set_failure(false),
            "ValidationException: Time to live has been modified multiple times within a fixed "
            "interval");
  advance(1ms);
  set(false);
  EXPECT_EQ(set_failure(true),
            "ValidationException: Time to live has been modified multiple times within a fixed "
            "interval");
  EXPECT_EQ(set_failure(false), "ValidationException: TimeToLive is already disabled");
}

TEST_F(TimeToLiveTest, WhatIsDisabledDeletesNothingAndKeepsNoRows) {
  start();
  put_at("a", 4000);
  advance(1h);
  set(false);
  put_at("b", 4000);
  advance(1h);
  EXPECT_THAT(keys(), ElementsAre("a", "b"));
  expect_sound();
  set(true);
  expect_sound();
  advance(1ms);
  EXPECT_THAT(keys(), IsEmpty());
}

TEST_F(TimeToLiveTest, DeletionGoesOnWhileItIsDisabling) {
  open({.transitions = {.updating = 30min}});
  create();
  set(true);
  advance(1h);
  put_at("a", 3700);
  put_at("b", 9000);
  set(false);
  advance(200s);
  EXPECT_THAT(keys(), ElementsAre("b"));
  advance(3h);
  EXPECT_THAT(keys(), ElementsAre("b"));
  expect_sound();
}

TEST_F(TimeToLiveTest, ATableThatIsCreatedHasNoneYet) {
  open({.transitions = {.creating = 5s}});
  create();
  EXPECT_EQ(failure("DescribeTimeToLive", {{"TableName", "table"}}),
            "ValidationException: Cannot describe time to live while table is in CREATING state: "
            "Current table state is CREATING");
  EXPECT_EQ(set_failure(true),
            "ResourceNotFoundException: Requested resource not found: Table: table not found");
}

}  // namespace
}  // namespace stator::testing_support
