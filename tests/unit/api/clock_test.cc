// The clock of a database, over /_stator/clock.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "database_support.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing_support::open;

class ClockTest : public testing::Test {
 protected:
  void open_manual() {
    DatabaseOptions options;
    options.clock = clock_;
    options.transitions.creating = 10s;
    database_ = open(std::move(options));
  }

  Reply control(std::string_view method, std::string_view body = "") {
    Reply reply;
    database_->control({.method = method, .path = "/_stator/clock", .body = body}, &reply);
    return reply;
  }
  std::string advanced(std::string_view body) {
    const Reply reply = control("POST", body);
    EXPECT_EQ(reply.status, 200) << reply.body;
    return reply.body;
  }
  void expect_refused(std::string_view body, std::string_view message) {
    const TimePoint before = clock_->now();
    const Reply reply = control("POST", body);
    EXPECT_EQ(reply.status, 400) << reply.body;
    EXPECT_NE(reply.body.find(message), std::string::npos) << reply.body;
    EXPECT_EQ(clock_->now(), before);
  }

  const std::shared_ptr<ManualClock> clock_ = std::make_shared<ManualClock>(TimePoint(1000s));
  std::unique_ptr<Database> database_;
};

TEST_F(ClockTest, IsMovedByHand) {
  open_manual();
  EXPECT_EQ(control("GET").body, R"({"now":"1970-01-01T00:16:40.000Z","clock":"manual"})");
  EXPECT_EQ(advanced(R"({"advance": "300s"})"),
            R"({"now":"1970-01-01T00:21:40.000Z","clock":"manual"})");
  EXPECT_EQ(clock_->now(), TimePoint(1300s));
  advanced(R"({"advance": "0"})");
  EXPECT_EQ(clock_->now(), TimePoint(1300s));
}

TEST_F(ClockTest, MovesWhatHasAnAge) {
  open_manual();
  database_->call("CreateTable", testing_support::kCreateTable);
  const auto is_creating = [&] {
    return database_->call("DescribeTable", testing_support::kDescribe).body.find("CREATING") !=
           std::string::npos;
  };
  EXPECT_TRUE(is_creating());
  advanced(R"({"advance": "10s"})");
  EXPECT_FALSE(is_creating());
}

TEST_F(ClockTest, IsNotMovedBackNorBeyondItsEnd) {
  open_manual();
  expect_refused(R"({"advance": "-5s"})", "a clock is not moved back");
  for (int century = 0; century < 80; ++century) advanced(R"({"advance": "36500d"})");
  expect_refused(R"({"advance": "36500d"})", "beyond the year 9999");
}

TEST_F(ClockTest, RefusesWhatItDoesNotKnow) {
  open_manual();
  expect_refused("{}", "advance is missing");
  expect_refused(R"({"advance": "soon"})", "not a duration");
  expect_refused(R"({"advance": 5})", "advance is not a string");
  expect_refused(R"({"advance": "1s", "back": true})", "unknown member: back");
  expect_refused("[]", "not a JSON object");
  EXPECT_EQ(control("DELETE").status, 405);
}

TEST_F(ClockTest, OfTheMachineIsNotMoved) {
  database_ = open();
  EXPECT_NE(control("GET").body.find(R"("clock":"machine")"), std::string::npos);
  expect_refused(R"({"advance": "1s"})", "start with --clock manual");
}

}  // namespace
}  // namespace stator
