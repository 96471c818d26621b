#include "functions/wake_up.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace stator {
namespace {

using namespace std::chrono_literals;

TEST(WakeUp, WhatCameBeforeTheWaitEndsIt) {
  WakeUp wake_up;
  wake_up.wake();
  EXPECT_TRUE(wake_up.wait(std::nullopt, false));
  wake_up.note();
  EXPECT_TRUE(wake_up.wait(std::nullopt, true));
}

TEST(WakeUp, ANoteIsKeptForAWaitThatListens) {
  WakeUp wake_up;
  wake_up.note();
  EXPECT_TRUE(wake_up.wait(1us, false));
  EXPECT_TRUE(wake_up.wait(std::nullopt, true));
}

TEST(WakeUp, ANoteEndsTheWaitThatRuns) {
  WakeUp wake_up;
  std::thread sleeper([&wake_up] { EXPECT_TRUE(wake_up.wait(std::nullopt, true)); });
  wake_up.note();
  sleeper.join();
}

TEST(WakeUp, WhoListensRestsBetweenNotes) {
  WakeUp wake_up;
  wake_up.note();
  const auto before = std::chrono::steady_clock::now();
  EXPECT_TRUE(wake_up.wait(std::nullopt, true));
  wake_up.note();
  EXPECT_TRUE(wake_up.wait(std::nullopt, true));
  EXPECT_GE(std::chrono::steady_clock::now() - before, 1ms);
}

TEST(WakeUp, ItIsStoppedForGood) {
  WakeUp wake_up;
  wake_up.stop();
  EXPECT_FALSE(wake_up.wait(std::nullopt, false));
  EXPECT_FALSE(wake_up.wait(std::nullopt, true));
}

}  // namespace
}  // namespace stator
