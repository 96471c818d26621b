#include "storage/row_latches.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <optional>
#include <string>
#include <thread>

#include "base/random.h"

namespace stator {
namespace {

TEST(RowLatches, OfDifferentKeysDoNotBlockEachOther) {
  RowLatches latches;
  // More keys than there could be shards: one thread would wait for itself if two shared a latch.
  std::vector<std::string> keys;
  for (int i = 0; i < 1000; ++i) keys.push_back("key " + std::to_string(i));
  std::vector<RowLatches::Held> held;
  for (const std::string& key : keys) held.push_back(latches.lock({key}));
}

TEST(RowLatches, AreComparedByContent) {
  RowLatches latches;
  const std::string one = "key";
  const std::string same = "key";
  std::optional<RowLatches::Held> held = latches.lock({one});
  std::atomic<bool> released{false};
  std::thread other([&] {
    const RowLatches::Held latched = latches.lock({same});
    EXPECT_TRUE(released);
  });
  // The other thread gets every chance to go in too early.
  for (int i = 0; i < 1000; ++i) std::this_thread::yield();
  released = true;
  held.reset();
  other.join();
}

TEST(RowLatches, TakeAKeyOnceHoweverOftenItIsNamed) {
  RowLatches latches;
  { const RowLatches::Held held = latches.lock({"a", "b", "a", "a", "b"}); }
  const RowLatches::Held again = latches.lock({"b", "a"});
}

TEST(RowLatches, OfNoKeysAreFree) {
  RowLatches latches;
  const RowLatches::Held one = latches.lock({});
  const RowLatches::Held two = latches.lock({});
}

TEST(RowLatches, AreGivenBackOnceWhenTheyWereMoved) {
  RowLatches latches;
  {
    RowLatches::Held first = latches.lock({"a"});
    const RowLatches::Held moved = std::move(first);
  }
  const RowLatches::Held again = latches.lock({"a"});
}

// The sum is right only if no two threads were inside at once.
TEST(RowLatches, LetOneThreadInAtATime) {
  RowLatches latches;
  constexpr int kThreads = 4;
  constexpr int kRounds = 1000;
  int counter = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&] {
      for (int round = 0; round < kRounds; ++round) {
        const std::string key = "counter";
        const RowLatches::Held held = latches.lock({key});
        const int seen = counter;
        std::this_thread::yield();
        counter = seen + 1;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(counter, kThreads * kRounds);
}

// Threads take several keys in orders of their own: sorting keeps them from waiting in a circle.
TEST(RowLatches, OfSeveralKeysCannotWaitInACircle) {
  RowLatches latches;
  constexpr int kThreads = 4;
  constexpr int kRounds = 2000;
  constexpr std::size_t kKeys = 5;
  const std::string keys[kKeys] = {"a", "b", "c", "d", "e"};
  int counters[kKeys] = {};
  std::vector<std::thread> threads;
  for (std::uint64_t thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      Random random(thread + 1);
      for (int round = 0; round < kRounds; ++round) {
        const std::size_t one = random.below(kKeys);
        const std::size_t other = random.below(kKeys);
        const RowLatches::Held held = latches.lock({keys[one], keys[other]});
        ++counters[one];
        ++counters[other];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  int sum = 0;
  for (const int counter : counters) sum += counter;
  EXPECT_EQ(sum, kThreads * kRounds * 2);
}

TEST(RowLatches, OfTransactionsAreRefusedAndNotWaitedFor) {
  RowLatches latches;
  const RowLatches::Held transaction = latches.lock({"b"}, LatchUse::transaction);
  std::vector<std::string_view> refused;
  {
    const RowLatches::Held others =
        latches.lock_beside_transactions({"c", "b", "a"}, LatchUse::write, &refused);
    EXPECT_EQ(refused, std::vector<std::string_view>({"b"}));
    EXPECT_TRUE(latches.is_being_written("a"));
  }
  EXPECT_FALSE(latches.is_being_written("a"));
  EXPECT_TRUE(latches.is_being_written("b"));
}

TEST(RowLatches, OfUpkeepAreWaitedForAndWriteNothing) {
  RowLatches latches;
  std::optional<RowLatches::Held> upkeep = latches.lock({"a"}, LatchUse::upkeep);
  EXPECT_FALSE(latches.is_being_written("a"));
  auto waiting = std::async(std::launch::async, [&] {
    std::vector<std::string_view> refused;
    const RowLatches::Held held =
        latches.lock_beside_transactions({"a"}, LatchUse::transaction, &refused);
    return refused.empty();
  });
  upkeep.reset();
  EXPECT_TRUE(waiting.get());
}

}  // namespace
}  // namespace stator
