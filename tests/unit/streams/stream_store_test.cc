// What a store of streams makes of the catalog and of time, crashes between two commits included.
#include "streams/stream_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stream_table.h"
#include "streams/sequence_number.h"
#include "streams/shard_reader.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing_support::StreamTable;

constexpr TimePoint kStart = StreamTable::kStart;

StreamEnd end_at(TimePoint time) {
  return {.asked = time, .done = time};
}

TEST(StreamStore, OpensTheStreamOfATable) {
  StreamTable table(3);
  EXPECT_EQ(table.definition().table, "t");
  EXPECT_EQ(table.definition().created, kStart);
  EXPECT_THAT(table.definition().shards.all(), SizeIs(3));
  EXPECT_TRUE(table.streams().has_open());
}

TEST(StreamStore, IsTheSameAfterAReopening) {
  StreamTable table(3);
  const Stream before = table.definition();
  table.reopen(kStart + 1s);
  EXPECT_EQ(table.definition(), before);
}

TEST(StreamStore, GoesOnBehindTheLastRecord) {
  StreamTable table;
  table.put("a", kStart);
  table.reopen(kStart);
  table.put("b", kStart);
  EXPECT_THAT(table.numbers(), ElementsAre(1, 2));
}

// The catalog is committed first: a crash may come between.
TEST(StreamStore, ClosesAtOpeningWhatTheTableHasDisabled) {
  StreamTable table;
  table.put("a", kStart);
  table.change([](TableDefinition* t) { t->stream->end = end_at(kStart + 1s); });
  table.reopen(kStart + 2s);
  EXPECT_EQ(table.definition().end, end_at(kStart + 1s));
  EXPECT_FALSE(table.definition().shards.all().front().is_open());
  EXPECT_FALSE(table.streams().has_open());
  EXPECT_THAT(table.numbers(), ElementsAre(1));
}

TEST(StreamStore, ClosesAtOpeningTheStreamOfATableThatHasAnother) {
  StreamTable table;
  table.change([](TableDefinition* t) { t->stream = TableStream{.created = kStart + 1s}; });
  table.reopen(kStart + 2s);
  const StreamsSnapshot streams = table.streams().snapshot();
  ASSERT_THAT(streams->all(), SizeIs(2));
  EXPECT_EQ(streams->all().begin()->second->definition().end, end_at(kStart + 2s));
  EXPECT_EQ(streams->all().rbegin()->second->definition().end, std::nullopt);
}

TEST(StreamStore, FollowsTheCatalogWithoutBeingTold) {
  StreamTable table;
  table.change([](TableDefinition* t) { t->partitions = t->partitions.grown_to(4, kStart + 1s); });
  table.streams().catch_up_if_due(kStart + 1s);
  const Stream stream = table.definition();
  EXPECT_THAT(stream.shards.all(), SizeIs(5));
  EXPECT_THAT(stream.shards.children_of(1), SizeIs(4));
}

TEST(StreamStore, ClosesTheTailOfAShardThatIsCut) {
  StreamTable table;
  const StreamsSnapshot before = table.streams().snapshot();
  const LiveStream& old = *before->all().begin()->second;
  const std::optional<TakenPlace> under_way = old.take(hash_position(7));
  table.change([](TableDefinition* t) { t->partitions = t->partitions.grown_to(2, kStart + 1s); });
  ASSERT_TRUE(table.streams().catch_up(kStart + 1s));
  EXPECT_FALSE(old.take(hash_position(7)));
  const StreamsSnapshot after = table.streams().snapshot();
  const LiveStream& now = *after->all().begin()->second;
  const Shard& parent = now.definition().shards.all().front();
  EXPECT_FALSE(now.end_of(parent).is_final) << "a record is under way";
  const std::optional<TakenPlace> next = now.take(hash_position(7));
  ASSERT_TRUE(next);
  EXPECT_NE(next->shard, under_way->shard);
  EXPECT_EQ(next->record.number(), first_record_of(1));
}

TEST(StreamStore, RollsShardsOverOnceTheyAreOld) {
  StreamTable table(1, {.rollover = 4h, .retention = 24h});
  table.streams().catch_up_if_due(kStart + 4h - 1us);
  EXPECT_THAT(table.definition().shards.all(), SizeIs(1));
  table.streams().catch_up_if_due(kStart + 4h);
  EXPECT_THAT(table.definition().shards.children_of(1), SizeIs(1));
}

TEST(StreamStore, TrimsWhatIsOlderThanTheRetention) {
  StreamTable table(1, {.rollover = 100h, .retention = 24h});
  for (int i = 0; i < 2000; ++i) table.put("k", kStart + std::chrono::minutes(i));
  const TimePoint now = kStart + 24h + 1000min;
  table.streams().catch_up_if_due(now);
  EXPECT_EQ(table.definition().shards.all().front().trimmed, 1000U);
  EXPECT_THAT(table.numbers(), SizeIs(1000));
  table.reopen(now);
  EXPECT_EQ(table.numbers().front(), 1001U);
}

TEST(StreamStore, GivesNoNumberTwiceWhenAllRecordsAreTrimmed) {
  StreamTable table(1, {.rollover = 100h, .retention = 1h});
  table.put("a", kStart);
  table.streams().catch_up_if_due(kStart + 2h);
  EXPECT_THAT(table.numbers(), IsEmpty());
  table.reopen(kStart + 2h);
  table.put("b", kStart + 2h);
  EXPECT_THAT(table.numbers(), ElementsAre(2));
}

// A step looks at some shards; the calls that come next go on.
TEST(StreamStore, TrimsManyShardsInSteps) {
  constexpr std::uint32_t kShards = 40;
  StreamTable table(kShards, {.rollover = 100h, .retention = 1h});
  for (int i = 0; i < 1000; ++i) table.put("k" + std::to_string(i), kStart);
  const auto trimmed = [&] {
    const Stream stream = table.definition();
    const auto& shards = stream.shards.all();
    return std::count_if(shards.begin(), shards.end(),
                         [](const Shard& shard) { return shard.trimmed > 0; });
  };
  // What is left of the look at the opening.
  while (trimmed() == 0) table.streams().catch_up_if_due(kStart + 2h);
  EXPECT_LT(trimmed(), kShards);
  for (int i = 0; i < 10; ++i) table.streams().catch_up_if_due(kStart + 2h);
  EXPECT_EQ(trimmed(), kShards);
}

TEST(StreamStore, ForgetsADisabledStreamAfterTheRetention) {
  StreamTable table(1, {.rollover = 4h, .retention = 24h});
  table.put("a", kStart);
  table.change([](TableDefinition* t) { t->stream->end = end_at(kStart); });
  ASSERT_TRUE(table.streams().catch_up(kStart + 24h));
  EXPECT_THAT(table.streams().snapshot()->all(), SizeIs(1));
  table.streams().catch_up_if_due(kStart + 24h + 1us);
  EXPECT_THAT(table.streams().snapshot()->all(), IsEmpty());
  table.reopen(kStart + 25h);
  EXPECT_THAT(table.streams().snapshot()->all(), IsEmpty());
}

TEST(StreamStore, LeavesNoRowsOfAShardThatIsForgotten) {
  StreamTable table(1, {.rollover = 1h, .retention = 2h});
  table.put("a", kStart);
  ASSERT_TRUE(table.streams().catch_up(kStart + 1h));
  ASSERT_TRUE(table.streams().catch_up(kStart + 3h + 1us));
  EXPECT_EQ(table.definition().shards.find(1U), nullptr);
  const RowRange rows = record_range({.keyspace = table.definition().keyspace, .shard = 1}, {});
  EXPECT_FALSE(table.store().scan(rows).valid());
}

TEST(ShardReader, FindsTheOldestRecordAmongGaps) {
  for (const int kept : {0, 1, 2, 63, 64, 99, 100}) {
    StreamTable table;
    for (int i = 0; i < 100; ++i) {
      const TimePoint created = kStart + (i < kept ? 0s : 10s);
      if (i % 7 != 3) {
        table.put("k", created);
        continue;
      }
      // Taken and never committed.
      const StreamsSnapshot streams = table.streams().snapshot();
      ASSERT_TRUE(streams->all().begin()->second->take(hash_position(0)));
    }
    std::vector<std::uint64_t> expected;
    for (int i = kept; i < 100; ++i) {
      if (i % 7 != 3) expected.push_back(static_cast<std::uint64_t>(i) + 1);
    }
    EXPECT_EQ(table.numbers(kStart + 10s), expected) << kept;
  }
}

TEST(ShardReader, DoesNotGoPastARecordThatIsUnderWay) {
  StreamTable table;
  table.put("a", kStart);
  {
    const StreamsSnapshot streams = table.streams().snapshot();
    const auto under_way = streams->all().begin()->second->take(hash_position(0));
    table.put("b", kStart);
    EXPECT_THAT(table.numbers(), ElementsAre(1));
  }
  EXPECT_THAT(table.numbers(), ElementsAre(1, 3));
}

}  // namespace
}  // namespace stator
