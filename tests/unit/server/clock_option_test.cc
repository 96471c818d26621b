#include "server/clock_option.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

using namespace std::chrono_literals;

TEST(ClockOption, NamesTheMachinesClockOrOneThatStandsStill) {
  const auto machine = parse_clock("machine");
  ASSERT_TRUE(machine);
  EXPECT_EQ(std::dynamic_pointer_cast<ManualClock>(*machine), nullptr);
  const auto manual = parse_clock("manual");
  ASSERT_TRUE(manual);
  ASSERT_NE(std::dynamic_pointer_cast<ManualClock>(*manual), nullptr);
  EXPECT_LT(SystemClock().now() - (*manual)->now(), 1min);
}

TEST(ClockOption, MayStartAtATime) {
  const auto clock = parse_clock("manual:2026-01-01T00:00:00Z");
  ASSERT_TRUE(clock);
  EXPECT_EQ((*clock)->now(), TimePoint(1'767'225'600s));
}

TEST(ClockOption, IsRefusedOtherwise) {
  for (const char* const text : {"", "hand", "manual:", "manual:soon", "machine:0", "Manual"}) {
    EXPECT_FALSE(parse_clock(text)) << text;
  }
}

}  // namespace
}  // namespace stator
