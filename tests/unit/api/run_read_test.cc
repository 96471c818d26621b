#include "api/run_read.h"

#include <gmock/gmock.h>

#include "../expression/support.h"
#include "engine_fixture.h"
#include "storage/row_key.h"

namespace stator {
namespace {

using testing::ElementsAre;
using testing_support::Request;
using testing_support::show;
using testing_support::TestEngine;
using testing_support::value_bytes_of;

// One page, and its items as JSON.
struct Page {
  PageOutcome outcome;
  std::string items;
};

class RunReadTest : public testing::Test {
 protected:
  RunReadTest() { use(1); }

  void use(std::uint32_t partitions) {
    engine_ = std::make_unique<TestEngine>(partitions);
    plan_ = PagePlan();
    plan_.table = &engine_->table().definition;
  }

  // Items of one collection, with sort keys from 1.
  void put_collection(int count) const {
    for (int i = 1; i <= count; ++i) {
      engine_->put("{pk: \"k\", sk: " + std::to_string(i) +
                   ", odd: " + (i % 2 == 1 ? "true" : "false") + "}");
    }
  }

  void read_collection() {
    const std::string pk = value_bytes_of("\"k\"");
    append_partition(plan_.table->keyspace, ValueView(pk), &plan_.range.first);
    plan_.range.end = after_prefix(plan_.range.first);
  }

  void read_table() {
    append_hash_start(plan_.table->keyspace, 0, &plan_.range.first);
    plan_.range.end = keyspace_end(plan_.table->keyspace);
  }

  Page run() {
    Page page;
    JsonWriter json(&page.items);
    json.begin_array();
    std::string buffer;
    Result<PageOutcome> outcome = run_read(&engine_->engine(), plan_, &buffer, &json);
    json.end_array();
    json.finish();
    EXPECT_TRUE(outcome);
    page.outcome = *std::move(outcome);
    return page;
  }

  // The sort keys of a page that projects nothing else.
  std::vector<std::string> sort_keys(const Page& page) const {
    std::vector<std::string> keys;
    for (std::size_t at = 0;
         (at = page.items.find("{\"sk\":{\"N\":\"", at)) != std::string::npos;) {
      at += 12;
      keys.push_back(page.items.substr(at, page.items.find('"', at) - at));
    }
    return keys;
  }

  void project_sort_key() {
    plan_.projection = *parse_projection("sk", &request_.placeholders, &request_.arena);
  }

  static std::string last_key(const Page& page) {
    if (!page.outcome.last_key) return "(none)";
    return show(ItemView::trusted(*page.outcome.last_key).attributes());
  }

  std::unique_ptr<TestEngine> engine_;
  PagePlan plan_;
  Request request_{{}, {{":true", "true"}}};
};

TEST_F(RunReadTest, WritesTheItemsOfARangeInKeyOrder) {
  put_collection(3);
  engine_->put(R"({pk: "other", sk: 1})");
  read_collection();
  const Page page = run();
  EXPECT_EQ(page.items, R"([{"odd":{"BOOL":true},"pk":{"S":"k"},"sk":{"N":"1"}},)"
                        R"({"odd":{"BOOL":false},"pk":{"S":"k"},"sk":{"N":"2"}},)"
                        R"({"odd":{"BOOL":true},"pk":{"S":"k"},"sk":{"N":"3"}}])");
  EXPECT_EQ(page.outcome.count, 3U);
  EXPECT_EQ(page.outcome.scanned, 3U);
  EXPECT_EQ(last_key(page), "(none)");
}

TEST_F(RunReadTest, ReadsBackward) {
  put_collection(12);
  read_collection();
  project_sort_key();
  plan_.range.backward = true;
  plan_.limit = 3;
  const Page page = run();
  EXPECT_THAT(sort_keys(page), ElementsAre("12", "11", "10"));
  EXPECT_EQ(last_key(page), R"({pk: "k", sk: 10})");
}

TEST_F(RunReadTest, OfAnEmptyRangeFindsNothing) {
  read_collection();
  const Page page = run();
  EXPECT_EQ(page.items, "[]");
  EXPECT_EQ(page.outcome.scanned, 0U);
  EXPECT_EQ(last_key(page), "(none)");
}

TEST_F(RunReadTest, EndsAtTheLimitWithTheLastKey) {
  put_collection(5);
  read_collection();
  project_sort_key();
  plan_.limit = 2;
  const Page page = run();
  EXPECT_THAT(sort_keys(page), ElementsAre("1", "2"));
  EXPECT_EQ(page.outcome.scanned, 2U);
  EXPECT_EQ(last_key(page), R"({pk: "k", sk: 2})");
}

// As AWS does: nobody looks whether anything follows.
TEST_F(RunReadTest, AtTheLimitGivesALastKeyAlsoWhereNothingFollows) {
  put_collection(2);
  read_collection();
  plan_.limit = 2;
  EXPECT_EQ(last_key(run()), R"({pk: "k", sk: 2})");
  plan_.limit = 3;
  EXPECT_EQ(last_key(run()), "(none)");
}

TEST_F(RunReadTest, FiltersAfterTheLimit) {
  put_collection(5);
  read_collection();
  project_sort_key();
  plan_.filter = *parse_condition(ConditionKind::filter, "odd = :true", &request_.placeholders,
                                  &request_.arena);
  plan_.limit = 4;
  const Page page = run();
  EXPECT_THAT(sort_keys(page), ElementsAre("1", "3"));
  EXPECT_EQ(page.outcome.count, 2U);
  EXPECT_EQ(page.outcome.scanned, 4U);
  EXPECT_EQ(last_key(page), R"({pk: "k", sk: 4})");
}

TEST_F(RunReadTest, WritesNothingWhenItOnlyCounts) {
  put_collection(3);
  read_collection();
  plan_.count_only = true;
  const Page page = run();
  EXPECT_EQ(page.items, "[]");
  EXPECT_EQ(page.outcome.count, 3U);
}

TEST_F(RunReadTest, EndsBehindTheItemThatReachesOneMegabyte) {
  const std::string text = "\"" + std::string(300 * 1024, 'x') + "\"";
  for (int i = 1; i <= 5; ++i) {
    engine_->put("{pk: \"k\", sk: " + std::to_string(i) + ", a: " + text + "}");
  }
  read_collection();
  project_sort_key();
  const Page page = run();
  EXPECT_THAT(sort_keys(page), ElementsAre("1", "2", "3", "4"));
  EXPECT_EQ(last_key(page), R"({pk: "k", sk: 4})");
}

TEST_F(RunReadTest, UnitsAreThoseOfAllEvaluatedItemsRoundedOnce) {
  const std::string text = "\"" + std::string(1500, 'x') + "\"";
  for (int i = 1; i <= 4; ++i) {  // about 6 KB
    engine_->put("{pk: \"k\", sk: " + std::to_string(i) + ", a: " + text + "}");
  }
  read_collection();
  project_sort_key();
  plan_.filter = *parse_condition(ConditionKind::filter, "attribute_exists(nothing)",
                                  &request_.placeholders, &request_.arena);
  EXPECT_EQ(run().outcome.units.table, 1.0);
  plan_.consistency = Consistency::strong;
  EXPECT_EQ(run().outcome.units.table, 2.0);
  plan_.limit = 2;
  EXPECT_EQ(run().outcome.units.table, 1.0);
}

TEST_F(RunReadTest, UnitsOfAnEmptyCollectionAreTheMinimum) {
  use(4);
  read_collection();
  EXPECT_EQ(run().outcome.units.table, 0.5);
  plan_.consistency = Consistency::strong;
  EXPECT_EQ(run().outcome.units.table, 1.0);
  plan_.range.backward = true;
  EXPECT_EQ(run().outcome.units.table, 1.0);
}

// AWS answers 2 and 4 for a fresh on-demand table, which has four partitions.
TEST_F(RunReadTest, UnitsOfAWholeTableAreAtLeastTheMinimumOfEachPartition) {
  use(4);
  engine_->put(R"({pk: "k", sk: 1})");
  read_table();
  EXPECT_EQ(run().outcome.units.table, 2.0);
  plan_.consistency = Consistency::strong;
  EXPECT_EQ(run().outcome.units.table, 4.0);
  plan_.range.backward = true;
  EXPECT_EQ(run().outcome.units.table, 4.0);
}

TEST_F(RunReadTest, UnitsOfAPageThatEndsEarlyAreThoseOfThePartitionsUpToThere) {
  use(4);
  for (int i = 0; i < 64; ++i) {
    engine_->put("{pk: \"k" + std::to_string(i) + "\", sk: 1}");
  }
  read_table();
  plan_.consistency = Consistency::strong;
  plan_.limit = 1;
  EXPECT_EQ(run().outcome.units.table, 1.0);
  plan_.limit = 1000;
  EXPECT_EQ(run().outcome.units.table, 4.0);
}

TEST_F(RunReadTest, SegmentsOfATableSeeEveryItemOnce) {
  constexpr std::uint64_t kSegments = 3;
  for (int i = 0; i < 50; ++i) engine_->put("{pk: \"k" + std::to_string(i) + "\", sk: 1}");
  std::uint64_t seen = 0;
  for (std::uint64_t segment = 0; segment < kSegments; ++segment) {
    const std::uint64_t width = UINT64_MAX / kSegments;
    plan_.range = {};
    append_hash_start(plan_.table->keyspace, segment * width, &plan_.range.first);
    if (segment + 1 == kSegments) {
      plan_.range.end = keyspace_end(plan_.table->keyspace);
    } else {
      append_hash_start(plan_.table->keyspace, (segment + 1) * width, &plan_.range.end);
    }
    const PageOutcome page = run().outcome;
    EXPECT_GT(page.count, 0U);
    seen += page.count;
  }
  EXPECT_EQ(seen, 50U);
}

TEST_F(RunReadTest, RefusesAStoredItemThatIsDamaged) {
  const std::string key = engine_->row_key(R"({pk: "k", sk: 1})");
  const RowWrite damaged{.key = key, .value = "damaged"};
  ASSERT_TRUE(engine_->engine().store->commit({&damaged, 1}));
  read_collection();
  std::string out;
  std::string buffer;
  JsonWriter json(&out);
  const Result<PageOutcome> page = run_read(&engine_->engine(), plan_, &buffer, &json);
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().code(), ErrorCode::internal);
  const auto item = read_item(engine_->engine(), key, &buffer);
  ASSERT_FALSE(item);
  EXPECT_EQ(item.error().code(), ErrorCode::internal);
}

}  // namespace
}  // namespace stator
