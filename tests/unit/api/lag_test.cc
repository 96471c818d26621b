// Reads with a lag, through Database; indexes of the global kind come through the catalog.
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "../expression/support.h"
#include "api/lag_control.h"
#include "api/run_read.h"
#include "api/run_write.h"
#include "database_support.h"
#include "engine_fixture.h"
#include "storage/index_row.h"
#include "storage/row_key.h"

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

// A table with a global index on g and a local one on l, below Database.
class IndexLagTest : public testing::Test {
 protected:
  IndexLagTest() {
    engine_.clock = clock_;
    EXPECT_TRUE(engine_.open({}));
    table_ = *engine_.catalog->put([](const Catalog&) -> Result<TableDefinition> {
      TableDefinition table;
      table.name = "t";
      table.key.partition = {{.name = "pk", .type = AttributeType::S}};
      table.key.sort = {{.name = "sk", .type = AttributeType::N}};
      table.partitions = PartitionMap::even(1, TimePoint{});
      IndexDefinition global;
      global.name = "global";
      global.key.partition = {{.name = "g", .type = AttributeType::S}};
      global.partitions = PartitionMap::even(1, TimePoint{});
      IndexDefinition local;
      local.name = "local";
      local.kind = IndexKind::local;
      local.projection.type = ProjectionType::keys_only;
      local.key.partition = table.key.partition;
      local.key.sort = {{.name = "l", .type = AttributeType::N}};
      table.indexes = {local, global};
      return table;
    });
  }

  void write(WriteKind kind, std::string_view item) {
    const std::string bytes = testing_support::item_bytes_of(item);
    std::string key;
    append_table_row_key(definition(), ItemView::trusted(bytes).attributes(), &key);
    WritePlan plan;
    plan.kind = kind;
    plan.table = table_.get();
    plan.row_key = key;
    plan.item = ItemView::trusted(bytes);
    WriteOutcome outcome;
    Arena arena;
    ASSERT_TRUE(run_write(&engine_, {&plan, 1}, {&outcome, 1}, &arena, clock_->now()));
  }
  void put(std::string_view item) { write(WriteKind::put, item); }

  // The items that a read of all rows shows; of the table where `name` is empty.
  std::string read(std::string_view name, Consistency consistency = Consistency::eventual) {
    PagePlan plan;
    plan.table = &definition();
    plan.index = definition().find_index(name, clock_->now());
    plan.fetch = name == "local";
    plan.consistency = consistency;
    plan.cutoff = engine_.lags.cutoff(definition(), plan.index, consistency, clock_->now());
    const std::uint32_t keyspace =
        plan.index != nullptr ? plan.index->keyspace : definition().keyspace;
    append_hash_start(keyspace, 0, &plan.range.first);
    plan.range.end = keyspace_end(keyspace);
    std::string items;
    std::string buffer;
    JsonWriter json(&items);
    json.begin_array();
    EXPECT_TRUE(run_read(&engine_, plan, &buffer, &json));
    json.end_array();
    json.finish();
    return items;
  }

  void set(const std::function<void(Lags*)>& change) {
    ASSERT_TRUE(engine_.lags.change([&](Lags* lags) -> Result<void> {
      change(lags);
      return {};
    }));
  }

  void advance(std::chrono::milliseconds by) { clock_->advance(by); }
  Engine& engine() { return engine_; }

 private:
  const TableDefinition& definition() const { return table_->definition; }

  const std::shared_ptr<ManualClock> clock_ = std::make_shared<ManualClock>(TimePoint(1000s));
  Engine engine_;
  std::shared_ptr<const Table> table_;
};

constexpr char kOld[] = R"({pk: "k", sk: 1, g: "a", l: 1})";
constexpr char kOldJson[] = R"([{"g":{"S":"a"},"l":{"N":"1"},"pk":{"S":"k"},"sk":{"N":"1"}}])";
constexpr char kNew[] = R"({pk: "k", sk: 1, g: "b", l: 2})";
constexpr char kNewJson[] = R"([{"g":{"S":"b"},"l":{"N":"2"},"pk":{"S":"k"},"sk":{"N":"1"}}])";

TEST_F(IndexLagTest, OfGlobalIndexesLeavesTheOthersAlone) {
  set([](Lags* lags) { lags->gsi = 1s; });
  put(kOld);
  EXPECT_EQ(read("global"), "[]");
  EXPECT_EQ(read("local"), kOldJson);
  EXPECT_EQ(read(""), kOldJson);
  advance(1s);
  EXPECT_EQ(read("global"), kOldJson);
}

TEST_F(IndexLagTest, ShowsAnEntryThatMovesInOnePlace) {
  set([](Lags* lags) { lags->gsi = 1s; });
  put(kOld);
  advance(2s);
  put(kNew);
  EXPECT_EQ(read("global"), kOldJson);
  advance(1s);
  EXPECT_EQ(read("global"), kNewJson);
  write(WriteKind::remove, R"({pk: "k", sk: 1})");
  EXPECT_EQ(read("global"), kNewJson);
  advance(1s);
  EXPECT_EQ(read("global"), "[]");
}

TEST_F(IndexLagTest, OfReadsIsThatOfLocalIndexesAndTheItemsBehindThem) {
  set([](Lags* lags) { lags->read = 1s; });
  put(kOld);
  advance(2s);
  put(kNew);
  EXPECT_EQ(read("local"), kOldJson);
  EXPECT_EQ(read("local", Consistency::strong), kNewJson);
  EXPECT_EQ(read("global"), kNewJson);
  advance(1s);
  EXPECT_EQ(read("local"), kNewJson);
}

TEST_F(IndexLagTest, OfOneIndexGoesBeforeThatOfAll) {
  const auto set_own = [&](std::optional<std::chrono::milliseconds> lag) {
    set([&](Lags* lags) {
      const IndexLag own{.table = "t", .index = "global", .lag = lag};
      EXPECT_TRUE(set_index_lag(engine(), own, TimePoint(1000s), lags));
    });
  };
  set([](Lags* lags) { lags->gsi = 1s; });
  set_own(5s);
  put(kOld);
  advance(4s);
  EXPECT_EQ(read("global"), "[]");
  set_own(std::nullopt);
  EXPECT_EQ(read("global"), kOldJson);
  set_own(0s);
  put(kNew);
  EXPECT_EQ(read("global"), kNewJson);
}

TEST_F(IndexLagTest, IsNotOfLocalIndexes) {
  set([&](Lags* lags) {
    const IndexLag own{.table = "t", .index = "local", .lag = 1s};
    EXPECT_FALSE(set_index_lag(engine(), own, TimePoint(1000s), lags));
  });
}

TEST_F(IndexLagTest, KeepsNoHistoryWithoutALag) {
  put(kOld);
  put(kNew);
  EXPECT_EQ(engine().history->bytes(), 0U);
  set([](Lags* lags) { lags->gsi = 1s; });
  put(kOld);
  EXPECT_GT(engine().history->bytes(), 0U);
  set([](Lags* lags) { lags->gsi = 0s; });
  EXPECT_EQ(engine().history->bytes(), 0U);
}

}  // namespace
}  // namespace stator
