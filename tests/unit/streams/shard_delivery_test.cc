// Batches, order and checkpoints. Failures are in delivery_failures_test.cc.
#include "streams/shard_delivery.h"

#include <gtest/gtest.h>

#include "delivery_support.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using namespace testing_support;

TEST(ShardDelivery, HandsOutWhatThereIsAtOnce) {
  Delivery delivery({});
  EXPECT_EQ(delivery.next(), "");
  delivery.add(records(1, 3));
  EXPECT_EQ(delivery.next(), "invoke 1 2 3");
  EXPECT_EQ(delivery.next(), "") << "one batch at a time";
  delivery.add(records(4, 4));
  delivery.ends();
  EXPECT_EQ(delivery.next(), "invoke 4");
}

TEST(ShardDelivery, MakesBatchesOfAtMostBatchSize) {
  Delivery delivery({.batch_size = 2});
  delivery.add(records(1, 5));
  EXPECT_EQ(delivery.next_ends(), "invoke 1 2");
  EXPECT_EQ(delivery.next_ends(), "invoke 3 4");
  EXPECT_EQ(delivery.next_ends(), "invoke 5");
}

TEST(ShardDelivery, WaitsForTheBatchingWindow) {
  Delivery delivery({.batching_window = 5s});
  delivery.add(records(1, 1));
  delivery.advance(2s);
  delivery.add(records(2, 2));
  EXPECT_EQ(delivery.next(), "");
  EXPECT_EQ(delivery.wait(), 3000) << "since the first record came";
  EXPECT_EQ(delivery.next(), "invoke 1 2");
}

TEST(ShardDelivery, DoesNotWaitWithAFullBatch) {
  Delivery delivery({.batch_size = 2, .batching_window = 5s});
  delivery.add(records(1, 3));
  EXPECT_EQ(delivery.wait(), 0);
  EXPECT_EQ(delivery.next_ends(), "invoke 1 2");
  EXPECT_EQ(delivery.next(), "");
  EXPECT_EQ(delivery.wait(), 5000);
}

TEST(ShardDelivery, DoesNotWaitAtTheEndOfAShard) {
  Delivery delivery({.batching_window = 5s});
  delivery.add(records(1, 1), true);
  EXPECT_EQ(delivery.next(), "invoke 1");
}

TEST(ShardDelivery, SplitsWhatIsLargerThanAPayload) {
  Delivery delivery({.payload_bytes_max = 4096});
  std::vector<DeliveryRecord> large;
  for (std::uint64_t n = 1; n <= 3; ++n)
    large.push_back(record(n, 0, kStart, std::string(1400, 'x')));
  delivery.add(std::move(large));
  EXPECT_EQ(delivery.next_ends(), "invoke 1 2");
  EXPECT_EQ(delivery.next_ends(), "invoke 3");
}

TEST(ShardDelivery, HandsOutARecordThatIsTooLargeByItself) {
  Delivery delivery({.payload_bytes_max = 4096});
  delivery.add({record(1), record(2, 0, kStart, std::string(9000, 'x')), record(3)});
  EXPECT_EQ(delivery.next_ends(), "invoke 1");
  EXPECT_EQ(delivery.next_ends(), "invoke 2");
  EXPECT_EQ(delivery.next_ends(), "invoke 3");
}

TEST(ShardDelivery, KeepsHowFarItCame) {
  Delivery delivery({.batch_size = 2});
  EXPECT_EQ(delivery.done(), 0U);
  delivery.add(records(5, 8));
  EXPECT_EQ(delivery.done(), 4U);
  EXPECT_EQ(delivery.next(), "invoke 5 6");
  EXPECT_EQ(delivery.done(), 4U) << "a batch at the handler is not done";
  delivery.ends();
  EXPECT_EQ(delivery.done(), 6U);
}

TEST(ShardDelivery, PassesRecordsThatAreFilteredOut) {
  Delivery delivery({});
  delivery.delivery().add({.records = {}, .after = 0, .read_through = 40, .is_last = false},
                          delivery.now());
  EXPECT_EQ(delivery.next(), "") << "no invocation for nothing";
  EXPECT_EQ(delivery.done(), 40U);
  delivery.delivery().add(
      {.records = records(50, 50), .after = 40, .read_through = 60, .is_last = false},
      delivery.now());
  EXPECT_EQ(delivery.done(), 49U);
  EXPECT_EQ(delivery.next_ends(), "invoke 50");
  EXPECT_EQ(delivery.done(), 60U);
  EXPECT_EQ(delivery.delivery().read_after(), 60U);
}

TEST(ShardDelivery, BeginsAgainBehindItsCheckpoint) {
  Delivery delivery({.batch_size = 2});
  delivery.add(records(1, 4));
  delivery.next_ends();
  EXPECT_EQ(delivery.next(), "invoke 3 4");
  delivery.restart();
  EXPECT_EQ(delivery.delivery().read_after(), 2U);
  EXPECT_EQ(delivery.next(), "");
  delivery.add(records(3, 4));
  EXPECT_EQ(delivery.next(), "invoke 3 4");
}

TEST(ShardDelivery, IsFinishedWhenAClosedShardIsDone) {
  Delivery delivery({});
  delivery.add(records(1, 1));
  delivery.next_ends();
  EXPECT_FALSE(delivery.delivery().is_finished());
  delivery.add(records(2, 2), true);
  EXPECT_FALSE(delivery.delivery().is_finished());
  delivery.next_ends();
  EXPECT_TRUE(delivery.delivery().is_finished());
  delivery.restart();
  EXPECT_TRUE(delivery.delivery().is_finished());
  EXPECT_FALSE(delivery.delivery().wants_records());
}

// Every second record is of the lane that is blocked.
DeliveryPage half_blocked(std::uint64_t after, std::size_t size) {
  DeliveryPage page{.records = {}, .after = after, .read_through = after + size};
  for (std::uint64_t number = after + 1; number <= page.read_through; ++number) {
    page.records.push_back(record(number, number % 2));
  }
  return page;
}

TEST(ShardDelivery, ReadsOnForOtherLanesWhileOneIsBlockedAndThenAgainForThatOne) {
  constexpr std::uint64_t kRecords = 1000;
  const MappingSettings settings{.batch_size = 5, .parallelization = 2, .lane_records_max = 10};
  ShardDelivery delivery(settings, {});
  std::vector<std::uint64_t> got[2];
  std::size_t blocked = 0;
  const auto run = [&](bool is_blocked) {
    for (std::uint64_t reads = 0; delivery.wants_records() && delivery.read_after() < kRecords;) {
      ASSERT_LT(++reads, kRecords);
      delivery.add(half_blocked(delivery.read_after(), 20), kStart);
      while (const auto action = delivery.next(kStart)) {
        if (is_blocked && action->lane == 0) {
          blocked = action->records.size();
          continue;  // it does not end
        }
        for (const auto* const each : action->records) got[action->lane].push_back(each->number);
        delivery.invoked(action->lane, {}, kStart);
      }
    }
  };
  run(true);
  EXPECT_EQ(got[0].size(), 0U);
  EXPECT_EQ(got[1].size(), kRecords / 2);
  EXPECT_EQ(delivery.done(), 1U) << "the first record of the lane that is blocked is not done";
  EXPECT_EQ(blocked, 5U);
  for (std::uint64_t number = 2; number <= 10; number += 2) got[0].push_back(number);
  delivery.invoked(0, {}, kStart);
  while (const auto action = delivery.next(kStart)) {
    for (const auto* const each : action->records) got[0].push_back(each->number);
    delivery.invoked(0, {}, kStart);
  }
  EXPECT_LE(got[0].size(), 20U) << "no more was kept than a lane takes";
  run(false);
  ASSERT_EQ(got[0].size(), kRecords / 2);
  for (std::size_t i = 0; i < kRecords / 2; ++i) EXPECT_EQ(got[0][i], 2 * (i + 1));
  EXPECT_EQ(got[1].size(), kRecords / 2) << "nothing comes twice";
  EXPECT_EQ(delivery.done(), kRecords);
}

TEST(ShardDelivery, StopsReadingWhileItsLanesAreFull) {
  Delivery delivery({.batch_size = 10});
  EXPECT_TRUE(delivery.delivery().wants_records());
  delivery.add(records(1, 20));
  EXPECT_FALSE(delivery.delivery().wants_records());
  delivery.next_ends();
  EXPECT_TRUE(delivery.delivery().wants_records());
  Delivery bytes({.payload_bytes_max = 2000});
  bytes.add({record(1, 0, kStart, std::string(4000, 'x'))});
  EXPECT_FALSE(bytes.delivery().wants_records());
}

TEST(ParallelizationFactor, HasAsManyBatchesAtTheHandler) {
  Delivery delivery({.parallelization = 2});
  delivery.add({record(1, 0), record(2, 1), record(3, 2), record(4, 3)});
  EXPECT_EQ(delivery.next(), "invoke 1 3");
  EXPECT_EQ(delivery.next(), "invoke 2 4");
  EXPECT_EQ(delivery.next(), "");
}

TEST(ParallelizationFactor, BlocksNoOtherLane) {
  Delivery delivery({.batch_size = 1, .parallelization = 2});
  delivery.add({record(1, 0), record(2, 1), record(3, 0), record(4, 1)});
  EXPECT_EQ(delivery.next_ends(function_error()), "invoke 1");
  EXPECT_EQ(delivery.next_ends(), "invoke 2");
  EXPECT_EQ(delivery.next_ends(), "invoke 4");
  EXPECT_EQ(delivery.next(), "");
  EXPECT_EQ(delivery.done(), 0U) << "the first record is not done";
  delivery.wait();
  EXPECT_EQ(delivery.next_ends(), "invoke 1");
  EXPECT_EQ(delivery.done(), 2U);
  EXPECT_EQ(delivery.next_ends(), "invoke 3");
  EXPECT_EQ(delivery.done(), 4U);
}

TEST(ParallelizationFactor, GivesEveryLaneItsTurn) {
  Delivery delivery({.batch_size = 1, .parallelization = 2});
  delivery.add({record(1, 0), record(2, 0), record(3, 1), record(4, 1)});
  EXPECT_EQ(delivery.next_ends(), "invoke 1");
  EXPECT_EQ(delivery.next_ends(), "invoke 3");
  EXPECT_EQ(delivery.next_ends(), "invoke 2");
  EXPECT_EQ(delivery.next_ends(), "invoke 4");
}

TEST(DeliveryCheckpoint, IsReadAsItWasWritten) {
  const DeliveryCheckpoint plain{.done = 7, .is_finished = true};
  const DeliveryCheckpoint windowed{
      .done = 9,
      .window = OpenWindow{.start = kStart, .state = R"({"a":1})", .ends_early = true},
      .earliest_window = kStart};
  for (const DeliveryCheckpoint& checkpoint : {plain, windowed}) {
    std::string bytes;
    append_checkpoint(checkpoint, &bytes);
    const auto read = decode_checkpoint(bytes);
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(*read, checkpoint);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      EXPECT_FALSE(decode_checkpoint(bytes.substr(0, size))) << size;
    }
    EXPECT_FALSE(decode_checkpoint(bytes + "x"));
  }
}

}  // namespace
}  // namespace stator
