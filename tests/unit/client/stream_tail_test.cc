#include "client/stream_tail.h"

#include <gtest/gtest.h>

#include "stator/database.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

// Of the four shards of a table, the keys b, f and h lie in the second, c in the third.
class StreamTailTest : public testing::Test {
 protected:
  void SetUp() override {
    call("CreateTable", R"({"TableName":"tab","BillingMode":"PAY_PER_REQUEST",)"
                        R"("AttributeDefinitions":[{"AttributeName":"k","AttributeType":"S"}],)"
                        R"("KeySchema":[{"AttributeName":"k","KeyType":"HASH"}]})");
  }

  std::string call(std::string_view operation, const std::string& body) {
    const Reply reply = database->call(operation, body);
    EXPECT_EQ(reply.status, 200) << reply.body;
    return reply.body;
  }
  void stream(bool enabled) {
    call("UpdateTable",
         enabled ? R"({"TableName":"tab","StreamSpecification":{"StreamEnabled":true,)"
                   R"("StreamViewType":"KEYS_ONLY"}})"
                 : R"({"TableName":"tab","StreamSpecification":{"StreamEnabled":false}})");
  }
  void put(const std::string& key) {
    call("PutItem", R"({"TableName":"tab","Item":{"k":{"S":")" + key + "\"}}}");
  }

  AskDynamo ask() {
    return [this](std::string_view target, std::string_view body) -> Result<std::string> {
      Reply reply = database->call(target, body);
      if (reply.status == 200) return std::move(reply.body);
      if (reply.body.find("ExpiredIteratorException") != std::string::npos) {
        return Error(ErrorCode::expired_iterator, reply.body);
      }
      return Error(ErrorCode::internal, reply.body);
    };
  }
  std::unique_ptr<StreamTail> tail(TailFrom from) {
    auto opened = StreamTail::open(ask(), "tab", from);
    EXPECT_TRUE(opened);
    return *std::move(opened);
  }

  // The keys of what a poll hands out.
  static Lines keys(StreamTail* tail) {
    Lines keys;
    const Result<void> polled = tail->poll([&keys](std::string_view record) {
      EXPECT_EQ(record.find('\n'), std::string_view::npos);
      constexpr std::string_view kKey = R"("Keys":{"k":{"S":")";
      const std::string_view rest = record.substr(record.find(kKey) + kKey.size());
      keys.emplace_back(rest.substr(0, rest.find('"')));
    });
    EXPECT_TRUE(polled);
    return keys;
  }

  std::shared_ptr<ManualClock> clock =
      std::make_shared<ManualClock>(TimePoint(std::chrono::seconds(1'700'000'000)));
  std::unique_ptr<Database> database =
      Database::open({.clock = clock, .stream_rollover = 5min}).database;
};

TEST_F(StreamTailTest, HandsOutWhatChangesFromNowOn) {
  stream(true);
  put("before");
  const auto latest = tail(TailFrom::latest);
  EXPECT_EQ(keys(latest.get()), Lines());
  put("b");
  put("c");
  EXPECT_EQ(keys(latest.get()), (Lines{"b", "c"}));
  EXPECT_EQ(keys(latest.get()), Lines());
}

TEST_F(StreamTailTest, BeginsWithTheOldestWhereAsked) {
  stream(true);
  put("before");
  const auto oldest = tail(TailFrom::oldest);
  EXPECT_EQ(keys(oldest.get()), (Lines{"before"}));
}

TEST_F(StreamTailTest, FollowsAShardToItsChildren) {
  stream(true);
  const auto latest = tail(TailFrom::latest);
  put("a");
  clock->advance(5min + 1s);
  put("b");
  clock->advance(5min + 1s);
  put("c");
  EXPECT_EQ(keys(latest.get()), (Lines{"a", "b", "c"}));
  clock->advance(5min + 1s);
  put("d");
  EXPECT_EQ(keys(latest.get()), (Lines{"d"}));
  EXPECT_FALSE(latest->is_over());
}

TEST_F(StreamTailTest, GoesOnBehindWhatItHandedOutWhenItsIteratorIsTooOld) {
  database = Database::open({.clock = clock}).database;  // its shards live longer than iterators
  SetUp();
  stream(true);
  const auto latest = tail(TailFrom::latest);
  put("b");
  put("c");
  EXPECT_EQ(keys(latest.get()), (Lines{"b", "c"}));
  clock->advance(16min);
  put("f");
  EXPECT_EQ(keys(latest.get()), (Lines{"f"}));
  put("h");
  EXPECT_EQ(keys(latest.get()), (Lines{"h"}));
}

TEST_F(StreamTailTest, GoesOnWithWhatComesWhenItHasHandedOutNothing) {
  database = Database::open({.clock = clock}).database;
  SetUp();
  stream(true);
  put("before");
  const auto latest = tail(TailFrom::latest);
  clock->advance(16min);
  EXPECT_EQ(keys(latest.get()), Lines());
  put("a");
  EXPECT_EQ(keys(latest.get()), (Lines{"a"}));
}

TEST_F(StreamTailTest, IsOverWhenTheStreamIsDisabled) {
  stream(true);
  const auto latest = tail(TailFrom::latest);
  put("a");
  stream(false);
  EXPECT_EQ(keys(latest.get()), (Lines{"a"}));
  EXPECT_TRUE(latest->is_over());
}

TEST_F(StreamTailTest, SaysThatATableHasNoStream) {
  const auto opened = StreamTail::open(ask(), "tab", TailFrom::latest);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().message(), "the table tab has no stream");
}

TEST_F(StreamTailTest, PassesOnWhatTheServerSays) {
  const auto opened = StreamTail::open(ask(), "none", TailFrom::latest);
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().message().find("ResourceNotFoundException"), std::string::npos);
}

}  // namespace
}  // namespace stator
