// Reads of indexes with a lag, below Database.
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "../expression/support.h"
#include "api/lag_control.h"
#include "api/run_read.h"
#include "api/run_write.h"
#include "engine_fixture.h"
#include "storage/index_row.h"
#include "storage/row_key.h"

namespace stator {
namespace {

using namespace std::chrono_literals;

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
