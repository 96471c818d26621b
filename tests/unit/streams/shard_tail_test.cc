#include "streams/shard_tail.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace stator {
namespace {

TEST(ShardTail, GivesNumbersInOrder) {
  ShardTail tail(5);
  EXPECT_EQ(tail.take()->number(), 5U);
  EXPECT_EQ(tail.take()->number(), 6U);
}

TEST(ShardTail, LetsReadersGoUpToTheFirstRecordThatIsOnItsWay) {
  ShardTail tail(1);
  auto first = tail.take();
  auto second = tail.take();
  EXPECT_EQ(tail.settled(), 0U);
  second.reset();
  EXPECT_EQ(tail.settled(), 0U) << "the first could still come";
  auto third = tail.take();
  first.reset();
  EXPECT_EQ(tail.settled(), 2U);
  third.reset();
  EXPECT_EQ(tail.settled(), 3U);
}

TEST(ShardTail, SettlesARecordThatWasMovedOnce) {
  ShardTail tail(1);
  auto taken = tail.take();
  {
    const TakenRecord moved = *std::move(taken);
    taken.reset();
    EXPECT_EQ(tail.settled(), 0U);
  }
  EXPECT_EQ(tail.settled(), 1U);
}

TEST(ShardTail, GivesNothingOnceItIsClosed) {
  ShardTail tail(1);
  auto taken = tail.take();
  tail.close();
  EXPECT_FALSE(tail.take());
  EXPECT_FALSE(tail.is_drained());
  taken.reset();
  EXPECT_TRUE(tail.is_drained());
  EXPECT_EQ(tail.settled(), 1U);
}

TEST(ShardTail, IsNotDrainedWhileItIsOpen) {
  ShardTail tail(1);
  EXPECT_FALSE(tail.is_drained());
}

TEST(ShardTail, NeverLetsAReaderPassARecordThatIsNotCommitted) {
  constexpr std::uint64_t kRecords = 20'000;
  ShardTail tail(1);
  std::vector<std::atomic<bool>> committed(kRecords + 1);
  const auto write = [&] {
    for (std::uint64_t i = 0; i < kRecords / 4; ++i) {
      const auto taken = tail.take();
      committed[taken->number()] = true;
    }
  };
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) writers.emplace_back(write);
  for (std::uint64_t read = 0; read < kRecords;) {
    for (const std::uint64_t settled = tail.settled(); read < settled;) {
      ++read;
      EXPECT_TRUE(committed[read]) << read;
    }
  }
  for (std::thread& writer : writers) writer.join();
}

}  // namespace
}  // namespace stator
