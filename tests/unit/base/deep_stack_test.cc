#include "base/deep_stack.h"

#include <gtest/gtest.h>

#include <limits>
#include <thread>

namespace stator {
namespace {

constexpr std::size_t kFrameBytes = 4096;
constexpr std::size_t kStackBytes = 64 << 20;

// Recurses with so much of the stack in use at each level, all of it touched.
std::size_t recurse(std::size_t levels) {
  volatile char frame[kFrameBytes] = {};
  if (levels == 0) return 0;
  const std::size_t below = recurse(levels - 1);
  frame[below % kFrameBytes] = 1;
  return below + static_cast<std::size_t>(frame[below % kFrameBytes]);
}

TEST(DeepStack, HoldsWhatAnOrdinaryOneDoesNot) {
  constexpr std::size_t kLevels = kStackBytes / 2 / kFrameBytes;  // an ordinary one is of 8 MiB
  std::size_t levels = 0;
  std::thread::id ran_on;
  ASSERT_TRUE(run_on_deep_stack(kStackBytes, [&] {
    levels = recurse(kLevels);
    ran_on = std::this_thread::get_id();
  }));
  EXPECT_EQ(levels, kLevels);
  EXPECT_NE(ran_on, std::this_thread::get_id());
}

TEST(DeepStack, RunsNothingWhereThereIsNone) {
  bool ran = false;
  const auto run = [&ran] { ran = true; };
  EXPECT_FALSE(run_on_deep_stack(std::numeric_limits<std::size_t>::max() / 2, run));
  EXPECT_FALSE(run_on_deep_stack(1, run));  // fewer bytes than any thread needs
  EXPECT_FALSE(ran);
}

}  // namespace
}  // namespace stator
