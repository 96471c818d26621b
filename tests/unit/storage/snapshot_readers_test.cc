#include "storage/snapshot_readers.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace stator {
namespace {

TEST(SnapshotReaders, KnowWhetherAnOlderGenerationIsLeft) {
  SnapshotReaders readers;
  const std::uint64_t first = readers.begin();
  EXPECT_TRUE(readers.is_newest(first));
  const std::uint64_t second = readers.begin();
  EXPECT_FALSE(readers.is_newest(second));
  readers.end(first);
  EXPECT_TRUE(readers.is_newest(second));
}

TEST(SnapshotReaders, DoNotMindYoungerGenerations) {
  SnapshotReaders readers;
  const std::uint64_t first = readers.begin();
  readers.begin();
  EXPECT_TRUE(readers.is_newest(first));
  readers.wait_until_newest(first);
}

TEST(SnapshotReaders, WaitForEveryOlderGeneration) {
  SnapshotReaders readers;
  const std::uint64_t first = readers.begin();
  const std::uint64_t second = readers.begin();
  const std::uint64_t third = readers.begin();
  std::atomic<int> ended{0};
  std::thread waiter([&] {
    readers.wait_until_newest(third);
    EXPECT_EQ(ended, 2);
  });
  ++ended;
  readers.end(second);
  // The waiter gets every chance to go on too early.
  for (int i = 0; i < 1000; ++i) std::this_thread::yield();
  ++ended;
  readers.end(first);
  waiter.join();
}

}  // namespace
}  // namespace stator
