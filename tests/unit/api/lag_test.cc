// Reads with a lag, through Database.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "api/lag_control.h"
#include "database_support.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing_support::answer;
using testing_support::open;

constexpr char kCreate[] =
    R"({"TableName":"table","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},)"
    R"({"AttributeName":"sk","KeyType":"RANGE"}],)"
    R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},)"
    R"({"AttributeName":"sk","AttributeType":"N"}],"BillingMode":"PAY_PER_REQUEST"})";

// A table whose items are pk "k" and a number sk, with a text v.
class LagTest : public testing::Test {
 protected:
  explicit LagTest(std::chrono::milliseconds read_lag = 0ms) {
    DatabaseOptions options;
    options.clock = clock_;
    options.read_lag = read_lag;
    database_ = open(std::move(options));
    answer(database_.get(), "CreateTable", kCreate);
  }

  void put(int sk, const std::string& v) {
    call("PutItem", R"("Item":{"pk":{"S":"k"},"sk":{"N":")" + std::to_string(sk) +
                        R"("},"v":{"S":")" + v + R"("}})");
  }
  void erase(int sk) { call("DeleteItem", key(sk)); }

  enum class Consistent { no, yes };

  // The item's v, "" when there is none.
  std::string get(int sk, Consistent consistent = Consistent::no) {
    return texts_in(call("GetItem", key(sk) + consistent_member(consistent)));
  }
  std::string batch_get(int sk, Consistent consistent = Consistent::no) {
    const std::string keys = R"({"pk":{"S":"k"},"sk":{"N":")" + std::to_string(sk) + R"("}})";
    return texts_in(answer(database_.get(), "BatchGetItem",
                           R"({"RequestItems":{"table":{"Keys":[)" + keys + "]" +
                               consistent_member(consistent) + "}}}"));
  }
  // The v of all items in their order, e.g. "a b".
  std::string query(const std::string& more = "", Consistent consistent = Consistent::no) {
    return texts_in(query_page(more, consistent));
  }
  std::string query_page(const std::string& more, Consistent consistent = Consistent::no) {
    return call(
        "Query",
        R"("KeyConditionExpression":"pk = :k","ExpressionAttributeValues":{":k":{"S":"k"}})" +
            more + consistent_member(consistent));
  }
  std::string scan(Consistent consistent = Consistent::no) {
    return texts_in(call("Scan", R"("Limit":100)" + consistent_member(consistent)));
  }

  std::string call(std::string_view operation, const std::string& members) {
    return answer(database_.get(), operation, R"({"TableName":"table",)" + members + "}");
  }

  Reply control(std::string_view method, std::string_view body = "",
                std::string_view path = "/_stator/lag") {
    Reply reply;
    database_->control({.method = method, .path = path, .body = body}, &reply);
    return reply;
  }

  void advance(std::chrono::microseconds by) { clock_->advance(by); }
  Database& database() { return *database_; }

 private:
  static std::string key(int sk) {
    return R"("Key":{"pk":{"S":"k"},"sk":{"N":")" + std::to_string(sk) + R"("}})";
  }
  static std::string consistent_member(Consistent consistent) {
    return consistent == Consistent::yes ? R"(,"ConsistentRead":true)" : "";
  }
  static std::string texts_in(const std::string& json) {
    constexpr std::string_view kStart = R"("v":{"S":")";
    std::string texts;
    for (std::size_t at = 0; (at = json.find(kStart, at)) != std::string::npos;) {
      at += kStart.size();
      texts.append(texts.empty() ? "" : " ").append(json, at, json.find('"', at) - at);
    }
    return texts;
  }

  const std::shared_ptr<ManualClock> clock_ = std::make_shared<ManualClock>(TimePoint(1000s));
  std::unique_ptr<Database> database_;
};

class ReadLagTest : public LagTest {
 protected:
  ReadLagTest() : LagTest(1s) {}
};

TEST_F(ReadLagTest, ShowsAWriteOnceItIsThatOld) {
  put(1, "a");
  for (const auto& by : {0us, 999999us}) {
    advance(by);
    EXPECT_EQ(get(1), "");
    EXPECT_EQ(batch_get(1), "");
    EXPECT_EQ(query(), "");
    EXPECT_EQ(scan(), "");
  }
  advance(1us);
  EXPECT_EQ(get(1), "a");
  EXPECT_EQ(batch_get(1), "a");
  EXPECT_EQ(query(), "a");
  EXPECT_EQ(scan(), "a");
}

TEST_F(ReadLagTest, LeavesStronglyConsistentReadsAlone) {
  put(1, "a");
  EXPECT_EQ(get(1, Consistent::yes), "a");
  EXPECT_EQ(batch_get(1, Consistent::yes), "a");
  EXPECT_EQ(query("", Consistent::yes), "a");
  EXPECT_EQ(scan(Consistent::yes), "a");
}

TEST_F(ReadLagTest, LeavesWritesAlone) {
  put(1, "a");
  call("PutItem", R"("Item":{"pk":{"S":"k"},"sk":{"N":"1"},"v":{"S":"b"}},)"
                  R"("ConditionExpression":"v = :a","ExpressionAttributeValues":{":a":{"S":"a"}})");
  EXPECT_EQ(get(1, Consistent::yes), "b");
}

TEST_F(ReadLagTest, ShowsDeletesAndNewPutsInOrder) {
  put(1, "a");
  advance(100ms);
  erase(1);
  advance(100ms);
  put(1, "b");
  put(1, "c");
  advance(800ms);
  EXPECT_EQ(get(1), "a");
  EXPECT_EQ(query(), "a");
  advance(100ms);
  EXPECT_EQ(get(1), "");
  EXPECT_EQ(query(), "");
  advance(100ms);
  EXPECT_EQ(get(1), "c");
  EXPECT_EQ(query(), "c");
}

TEST_F(ReadLagTest, ShowsRowsThatAreDeletedSinceAmongTheOthers) {
  for (int sk = 1; sk <= 5; ++sk) put(sk, std::string(1, static_cast<char>('a' + sk - 1)));
  advance(2s);
  erase(1);
  erase(3);
  erase(5);
  put(4, "new");
  put(6, "f");
  EXPECT_EQ(query(), "a b c d e");
  EXPECT_EQ(query(R"(,"ScanIndexForward":false)"), "e d c b a");
  EXPECT_EQ(query("", Consistent::yes), "b new f");
  advance(1s);
  EXPECT_EQ(query(), "b new f");
}

TEST_F(ReadLagTest, PagesThroughRowsThatAreDeletedSince) {
  for (int sk = 1; sk <= 3; ++sk) put(sk, std::to_string(sk));
  advance(2s);
  for (int sk = 1; sk <= 3; ++sk) erase(sk);
  EXPECT_EQ(query(R"(,"Limit":2)"), "1 2");
  const std::string start = R"(,"Limit":2,"ExclusiveStartKey":{"pk":{"S":"k"},"sk":{"N":"2"}})";
  EXPECT_NE(
      query_page(R"(,"Limit":2)").find(R"("LastEvaluatedKey":{"pk":{"S":"k"},"sk":{"N":"2"}})"),
      std::string::npos);
  EXPECT_EQ(query(start), "3");
  EXPECT_EQ(query(start + R"(,"ScanIndexForward":false)"), "1");
}

TEST_F(ReadLagTest, LeavesNothingOfAFailedWrite) {
  put(1, "a");
  advance(2s);
  const Reply failed =
      database().call("PutItem", R"({"TableName":"table","Item":{"pk":{"S":"k"},"sk":{"N":"1"}},)"
                                 R"j("ConditionExpression":"attribute_not_exists(pk)"})j");
  EXPECT_EQ(failed.status, 400);
  EXPECT_EQ(get(1), "a");
}

TEST_F(LagTest, CanBeChangedWhileItRuns) {
  put(1, "a");
  EXPECT_EQ(get(1), "a");
  database().set_read_lag(1s);
  EXPECT_EQ(get(1), "a");  // nobody recorded that it was not there
  put(1, "b");
  EXPECT_EQ(get(1), "a");
  advance(500ms);
  database().set_read_lag(500ms);
  EXPECT_EQ(get(1), "b");
  put(1, "c");
  database().set_read_lag(0ms);
  EXPECT_EQ(get(1), "c");
  database().set_gsi_lag(1h);
  put(1, "d");
  EXPECT_EQ(get(1), "d");
}

TEST_F(LagTest, IsClampedToWhatALagMayBe) {
  database().set_read_lag(-1s);
  database().set_gsi_lag(std::chrono::hours(1000));
  EXPECT_EQ(control("GET").body, R"({"gsi":"1d","read":"0","stream":"0","indexes":[]})");
}

TEST_F(LagTest, IsShownAndChangedByControl) {
  EXPECT_EQ(control("GET").body, R"({"gsi":"0","read":"0","stream":"0","indexes":[]})");
  const Reply changed = control("POST", R"({"gsi": "200ms", "read": "1s"})");
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(changed.body, R"({"gsi":"200ms","read":"1s","stream":"0","indexes":[]})");
  put(1, "a");
  EXPECT_EQ(get(1), "");
  EXPECT_EQ(control("POST", R"({"read": "0"})").body,
            R"({"gsi":"200ms","read":"0","stream":"0","indexes":[]})");
  EXPECT_EQ(get(1), "a");
}

TEST_F(LagTest, SaysWhatIsWrongWithARequest) {
  const auto message = [&](std::string_view body) {
    const Reply reply = control("POST", body);
    EXPECT_EQ(reply.status, 400);
    return reply.body;
  };
  EXPECT_EQ(message(""), R"({"message":"the body is not a JSON object"})");
  EXPECT_EQ(message(R"({"gsi":"1s")"), R"({"message":"the body is not a JSON object"})");
  EXPECT_EQ(message("{}"), R"({"message":"gsi, read or stream is missing"})");
  EXPECT_EQ(message(R"({"lag":"1s"})"), R"({"message":"unknown member: lag"})");
  EXPECT_EQ(message(R"({"gsi":5})"), R"({"message":"gsi is not a string"})");
  EXPECT_EQ(message(R"({"read":null})"), R"({"message":"read is not a string"})");
  EXPECT_EQ(message(R"({"gsi":null})"),
            R"({"message":"gsi is null, which is for a table and an index"})");
  EXPECT_EQ(message(R"({"gsi":"25h"})"), R"({"message":"gsi: too long: \"25h\"; the most is 1d"})");
  EXPECT_EQ(message(R"({"gsi":"1s","table":"table"})"),
            R"({"message":"table and index go together"})");
  EXPECT_EQ(message(R"({"read":"1s","table":"table","index":"i"})"),
            R"({"message":"table and index go with gsi"})");
  EXPECT_EQ(message(R"({"gsi":"1s","table":"other","index":"i"})"),
            R"({"message":"no such table: other"})");
  EXPECT_EQ(message(R"({"gsi":null,"table":"table","index":"i"})"),
            R"({"message":"no such global secondary index of table: i"})");
  EXPECT_EQ(control("GET").body, R"({"gsi":"0","read":"0","stream":"0","indexes":[]})");
}

TEST_F(LagTest, OfOneIndexThatIsNotThereIsRefused) {
  EXPECT_FALSE(database().set_gsi_lag("table", "index", 1s));
  EXPECT_FALSE(database().set_gsi_lag("table", "index", std::nullopt));
}

TEST_F(LagTest, ControlKnowsItsPathsAndMethods) {
  const Reply path = control("GET", "", "/_stator/none");
  EXPECT_EQ(path.status, 404);
  EXPECT_EQ(path.body, R"({"message":"no such path: /_stator/none"})");
  const Reply method = control("OPTIONS");
  EXPECT_EQ(method.status, 405);
  EXPECT_EQ(method.body, R"({"message":"not a method of this path"})");
}

TEST(Lag, OfIndexesMayBeSetBeforeTheyAreThere) {
  DatabaseOptions options;
  options.gsi_lag = 1s;
  options.gsi_lags = {{"orders", "by-customer", 5s}};
  const std::unique_ptr<Database> database = open(std::move(options));
  Reply reply;
  database->control({.method = "GET", .path = "/_stator/lag", .body = {}}, &reply);
  EXPECT_EQ(reply.body, R"({"gsi":"1s","read":"0","stream":"0","indexes":[)"
                        R"({"table":"orders","index":"by-customer","gsi":"5s"}]})");
  database->control({.method = "POST",
                     .path = "/_stator/lag",
                     .body = R"({"gsi":null,"table":"orders","index":"by-customer"})"},
                    &reply);
  EXPECT_EQ(reply.body, R"({"gsi":"1s","read":"0","stream":"0","indexes":[]})");
}

// One writer counts up; readers must never see it go back, nor what is younger than the lag.
TEST_F(ReadLagTest, IsInOrderWhileItIsWritten) {
  std::atomic<bool> running = true;
  std::thread reader([&] {
    int seen = 0;
    while (running) {
      const std::string text = query();
      const int now = text.empty() ? 0 : std::stoi(text);
      EXPECT_GE(now, seen);
      seen = now;
    }
  });
  for (int i = 1; i <= 1000; ++i) {
    put(1, std::to_string(i));
    advance(100ms);
    if (i > 10) {
      EXPECT_EQ(get(1), std::to_string(i - 9));
    }
  }
  running = false;
  reader.join();
}

}  // namespace
}  // namespace stator
