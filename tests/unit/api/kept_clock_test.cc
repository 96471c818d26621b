// Directories that were used with a clock that is moved by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "../storage/temporary_directory.h"
#include "database_support.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing_support::answer;
using testing_support::TemporaryDirectory;

constexpr TimePoint kStart{1'000'000s};

class KeptClockTest : public testing::Test {
 protected:
  std::unique_ptr<Database> open(std::shared_ptr<Clock> clock, bool as_left = false) {
    DatabaseOptions options;
    options.directory = directory_.path();
    options.clock = std::move(clock);
    options.as_left = as_left;
    options.transitions.creating = 10s;
    OpenResult opened = Database::open(std::move(options));
    EXPECT_EQ(opened.error, "");
    return std::move(opened.database);
  }

  // A table that is made an hour after the start, with an item that expires a minute later.
  void fill() {
    const auto clock = std::make_shared<ManualClock>(kStart);
    const std::unique_ptr<Database> database = open(clock);
    clock->advance(1h);
    answer(database.get(), "CreateTable",
           R"({"TableName":"tab","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],)"
           R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],)"
           R"("BillingMode":"PAY_PER_REQUEST"})");
    clock->advance(10s);
    answer(database.get(), "UpdateTimeToLive",
           R"({"TableName":"tab","TimeToLiveSpecification":{"Enabled":true,)"
           R"("AttributeName":"ttl"}})");
    answer(database.get(), "PutItem",
           R"({"TableName":"tab","Item":{"pk":{"S":"a"},"ttl":{"N":")" +
               std::to_string((kStart + 1h + 70s).time_since_epoch() / 1s) + R"("}}})");
  }

  static std::string scan(Database* database) {
    return answer(database, "Scan", R"({"TableName":"tab","Select":"COUNT"})");
  }

  const TemporaryDirectory directory_;
};

TEST_F(KeptClockTest, AClockThatBeginsEarlierGoesOnWhereTheLastOneStood) {
  fill();
  const auto clock = std::make_shared<ManualClock>(kStart);
  const std::unique_ptr<Database> database = open(clock);
  EXPECT_EQ(clock->now(), kStart + 1h + 10s);
  EXPECT_THAT(scan(database.get()), HasSubstr(R"("Count":1)"));
}

TEST_F(KeptClockTest, AClockThatBeginsLaterStaysWhereItIs) {
  fill();
  const auto clock = std::make_shared<ManualClock>(kStart + 2h);
  open(clock);
  EXPECT_EQ(clock->now(), kStart + 2h);
}

TEST_F(KeptClockTest, TheMachinesClockEndsIt) {
  fill();
  open(nullptr);
  const auto clock = std::make_shared<ManualClock>(kStart);
  open(clock);
  EXPECT_EQ(clock->now(), kStart);
}

TEST_F(KeptClockTest, NothingExpiresInADirectoryThatIsOpenedAsItWasLeft) {
  fill();
  for (int i = 0; i < 2; ++i) {
    const std::unique_ptr<Database> database = open(nullptr, true);
    EXPECT_THAT(scan(database.get()), HasSubstr(R"("Count":1)"));
    EXPECT_THAT(scan(database.get()), HasSubstr(R"("Count":1)"));
  }
  const auto clock = std::make_shared<ManualClock>(kStart);
  const std::unique_ptr<Database> database = open(clock);
  EXPECT_THAT(scan(database.get()), HasSubstr(R"("Count":1)"));
  clock->advance(10min);
  answer(database.get(), "ListTables", "{}");
  EXPECT_THAT(scan(database.get()), HasSubstr(R"("Count":0)"));
}

TEST_F(KeptClockTest, ADirectoryThatIsEmptyIsNotLeftAsAnything) {
  DatabaseOptions options;
  options.directory = directory_.path();
  options.as_left = true;
  const OpenResult opened = Database::open(std::move(options));
  EXPECT_EQ(opened.database, nullptr);
  EXPECT_NE(opened.error, "");
  EXPECT_TRUE(std::filesystem::is_empty(directory_.path()));
}

}  // namespace
}  // namespace stator
