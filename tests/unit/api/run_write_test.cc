#include "api/run_write.h"

#include <gtest/gtest.h>

#include <thread>

#include "../expression/support.h"
#include "engine_fixture.h"

namespace stator {
namespace {

using testing_support::item_bytes_of;
using testing_support::Request;
using testing_support::show;
using testing_support::TestEngine;

// One write and all that it points at. Not moved: the plan points into it.
class Write {
 public:
  Write(const TestEngine& engine, WriteKind kind, std::string_view item)
      : item_(item_bytes_of(item)), row_key_(engine.row_key(item)) {
    plan.kind = kind;
    plan.table = &engine.table();
    plan.row_key = row_key_;
    plan.item = ItemView::trusted(item_);
  }
  Write(const Write&) = delete;
  Write& operator=(const Write&) = delete;

  Write& condition(std::string_view text) {
    plan.condition =
        *parse_condition(ConditionKind::condition, text, &request_.placeholders, &request_.arena);
    return *this;
  }
  Write& update(std::string_view text) {
    plan.update = *parse_update(text, &request_.placeholders, &request_.arena);
    return *this;
  }

  WritePlan plan;

 private:
  std::string item_;
  std::string row_key_;
  Request request_{{}, {{":one", "1"}}};
};

Result<void> run(TestEngine* engine, std::vector<const Write*> writes,
                 std::vector<WriteOutcome>* outcomes) {
  std::vector<WritePlan> plans;
  for (const Write* write : writes) plans.push_back(write->plan);
  outcomes->resize(plans.size());
  Arena arena;
  return run_write(&engine->engine(), plans, *outcomes, &arena, TimePoint());
}

Result<void> run(TestEngine* engine, const Write& write) {
  std::vector<WriteOutcome> outcomes;
  return run(engine, {&write}, &outcomes);
}

std::int64_t items(const TestEngine& engine) {
  return engine.table().statistics->items;
}
std::int64_t bytes(const TestEngine& engine) {
  return engine.table().statistics->bytes;
}

TEST(RunWrite, StoresReplacesAndRemoves) {
  TestEngine engine;
  EXPECT_TRUE(run(&engine, Write(engine, WriteKind::put, R"({pk: "k", sk: 1, a: 1})")));
  EXPECT_EQ(engine.stored(R"({pk: "k", sk: 1})"), R"({a: 1, pk: "k", sk: 1})");
  EXPECT_TRUE(run(&engine, Write(engine, WriteKind::put, R"({pk: "k", sk: 1, b: 2})")));
  EXPECT_EQ(engine.stored(R"({pk: "k", sk: 1})"), R"({b: 2, pk: "k", sk: 1})");
  EXPECT_EQ(engine.stored(R"({pk: "k", sk: 2})"), "(none)");
  EXPECT_TRUE(run(&engine, Write(engine, WriteKind::remove, R"({pk: "k", sk: 1})")));
  EXPECT_EQ(engine.stored(R"({pk: "k", sk: 1})"), "(none)");
}

TEST(RunWrite, TellsTheItemBeforeAndAfter) {
  TestEngine engine;
  engine.put(R"({pk: "k", sk: 1, a: 1})");
  Write update(engine, WriteKind::update, R"({pk: "k", sk: 1})");
  update.update("SET a = a + :one");
  std::vector<WriteOutcome> outcomes;
  ASSERT_TRUE(run(&engine, {&update}, &outcomes));
  EXPECT_EQ(show(outcomes[0].effect.before->attributes()), R"({a: 1, pk: "k", sk: 1})");
  EXPECT_EQ(show(outcomes[0].effect.after->attributes()), R"({a: 2, pk: "k", sk: 1})");
  EXPECT_EQ(outcomes[0].effect.units.table, 1.0);
}

TEST(RunWrite, CountsItemsAndBytes) {
  TestEngine engine;
  engine.put(R"({pk: "k", sk: 1})");  // 2 + 1 + 2 + 2
  EXPECT_EQ(items(engine), 1);
  EXPECT_EQ(bytes(engine), 7);
  engine.put(R"({pk: "k", sk: 1, a: "four"})");
  EXPECT_EQ(items(engine), 1);
  EXPECT_EQ(bytes(engine), 12);
  engine.put(R"({pk: "k", sk: 2})");
  EXPECT_EQ(items(engine), 2);
  EXPECT_EQ(bytes(engine), 19);
  ASSERT_TRUE(run(&engine, Write(engine, WriteKind::remove, R"({pk: "k", sk: 1})")));
  ASSERT_TRUE(run(&engine, Write(engine, WriteKind::remove, R"({pk: "k", sk: 1})")));
  EXPECT_EQ(items(engine), 1);
  EXPECT_EQ(bytes(engine), 7);
}

TEST(RunWrite, RunsSeveralPlansAsOne) {
  TestEngine engine;
  engine.put(R"({pk: "b", sk: 1})");
  const Write put(engine, WriteKind::put, R"({pk: "a", sk: 1})");
  const Write remove(engine, WriteKind::remove, R"({pk: "b", sk: 1})");
  Write update(engine, WriteKind::update, R"({pk: "c", sk: 1})");
  update.update("SET n = :one");
  std::vector<WriteOutcome> outcomes;
  ASSERT_TRUE(run(&engine, {&put, &remove, &update}, &outcomes));
  EXPECT_EQ(engine.stored(R"({pk: "a", sk: 1})"), R"({pk: "a", sk: 1})");
  EXPECT_EQ(engine.stored(R"({pk: "b", sk: 1})"), "(none)");
  EXPECT_EQ(engine.stored(R"({pk: "c", sk: 1})"), R"({n: 1, pk: "c", sk: 1})");
  EXPECT_EQ(items(engine), 2);
  EXPECT_FALSE(outcomes[0].effect.before);
  EXPECT_TRUE(outcomes[1].effect.before);
}

TEST(RunWrite, OneFailureWritesNothingAtAll) {
  TestEngine engine;
  engine.put(R"({pk: "b", sk: 1})");
  const Write put(engine, WriteKind::put, R"({pk: "a", sk: 1})");
  const Write remove(engine, WriteKind::remove, R"({pk: "b", sk: 1})");
  Write failing(engine, WriteKind::put, R"({pk: "c", sk: 1})");
  failing.condition("attribute_exists(pk)");
  std::vector<WriteOutcome> outcomes;
  const Result<void> result = run(&engine, {&put, &remove, &failing}, &outcomes);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code(), ErrorCode::conditional_check_failed);
  EXPECT_EQ(engine.stored(R"({pk: "a", sk: 1})"), "(none)");
  EXPECT_EQ(engine.stored(R"({pk: "b", sk: 1})"), R"({pk: "b", sk: 1})");
  EXPECT_EQ(items(engine), 1);
  EXPECT_EQ(bytes(engine), 7);
}

TEST(RunWrite, GivesItsLatchesBackAlsoAfterAFailure) {
  TestEngine engine;
  Write failing(engine, WriteKind::put, R"({pk: "k", sk: 1})");
  failing.condition("attribute_exists(pk)");
  EXPECT_FALSE(run(&engine, failing));
  engine.put(R"({pk: "k", sk: 1})");
  EXPECT_TRUE(run(&engine, failing));
}

TEST(RunWrite, TakesOutcomesThatWereUsedBefore) {
  TestEngine engine;
  std::vector<WriteOutcome> outcomes;
  for (int i = 0; i < 3; ++i) {
    Write update(engine, WriteKind::update, R"({pk: "k", sk: 1})");
    update.update("ADD n :one");
    ASSERT_TRUE(run(&engine, {&update}, &outcomes));
    EXPECT_EQ(outcomes[0].effect.before.has_value(), i > 0);
  }
  EXPECT_EQ(engine.stored(R"({pk: "k", sk: 1})"), R"({n: 3, pk: "k", sk: 1})");
}

TEST(RunWrite, LosesNoUpdateOfManyThreads) {
  TestEngine engine;
  constexpr int kThreads = 4;
  constexpr int kUpdates = 250;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&engine] {
      Write update(engine, WriteKind::update, R"({pk: "k", sk: 1})");
      update.update("ADD n :one");
      for (int i = 0; i < kUpdates; ++i) EXPECT_TRUE(run(&engine, update));
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(engine.stored(R"({pk: "k", sk: 1})"), R"({n: 1000, pk: "k", sk: 1})");
  EXPECT_EQ(items(engine), 1);
}

TEST(RunWrite, LetsOneOfManyCreateAnItem) {
  TestEngine engine;
  std::atomic<int> created{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      Write put(engine, WriteKind::put, R"({pk: "k", sk: 1})");
      put.condition("attribute_not_exists(pk)");
      if (run(&engine, put)) ++created;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(created, 1);
}

TEST(RunWrite, RefusesAStoredItemThatIsDamaged) {
  TestEngine engine;
  const std::string key = engine.row_key(R"({pk: "k", sk: 1})");
  const RowWrite damaged{.key = key, .value = "damaged"};
  ASSERT_TRUE(engine.engine().store->commit({&damaged, 1}));
  const Result<void> result = run(&engine, Write(engine, WriteKind::put, R"({pk: "k", sk: 1})"));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code(), ErrorCode::internal);
}

}  // namespace
}  // namespace stator
