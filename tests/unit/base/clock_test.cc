#include "stator/clock.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace stator {
namespace {

using namespace std::chrono_literals;

TEST(ManualClock, StandsStillUntilItIsMoved) {
  ManualClock clock(TimePoint(5s));
  EXPECT_EQ(clock.now(), TimePoint(5s));
  EXPECT_EQ(clock.now(), TimePoint(5s));
  EXPECT_TRUE(clock.advance(1500ms));
  EXPECT_EQ(clock.now(), TimePoint(6500ms));
  EXPECT_TRUE(clock.advance(0us));
  EXPECT_EQ(clock.now(), TimePoint(6500ms));
}

TEST(ManualClock, LosesNoMoveOfSeveralThreads) {
  ManualClock clock(TimePoint{});
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&clock] {
      for (int step = 0; step < 1000; ++step) clock.advance(1us);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(clock.now(), TimePoint(4000us));
}

TEST(ManualClock, IsNotMovedBackNorBeyondTheYear9999) {
  ManualClock clock(TimePoint(5s));
  EXPECT_TRUE(clock.advance(0us));
  EXPECT_FALSE(clock.advance(-1us));
  EXPECT_FALSE(clock.advance(std::chrono::microseconds::max()));
  EXPECT_FALSE(clock.advance(std::chrono::microseconds::min()));
  EXPECT_EQ(clock.now(), TimePoint(5s));
}

TEST(SystemClock, IsTheMachines) {
  const SystemClock clock;
  const auto before = std::chrono::system_clock::now();
  const TimePoint now = clock.now();
  EXPECT_GE(now, std::chrono::floor<std::chrono::microseconds>(before));
  EXPECT_LE(now, std::chrono::system_clock::now());
}

}  // namespace
}  // namespace stator
