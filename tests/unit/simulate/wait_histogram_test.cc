#include "simulate/wait_histogram.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

using namespace std::chrono_literals;

TEST(WaitHistogram, WithoutWaitsHasNoFigures) {
  EXPECT_EQ(WaitHistogram().report(), WaitReport());
}

TEST(WaitHistogram, KnowsPercentilesTo3Percent) {
  WaitHistogram histogram;
  for (int i = 1; i <= 10'000; ++i) histogram.add(i * 700us);
  const WaitReport report = histogram.report();
  EXPECT_NEAR(report.p50_ms, 3500, 3500 * 0.032);
  EXPECT_NEAR(report.p99_ms, 6930, 6930 * 0.032);
  EXPECT_EQ(report.max_ms, 7000);
  EXPECT_NEAR(report.mean_ms, 3500.35, 0.001);
}

TEST(WaitHistogram, KeepsWaitsOfAllSizesApart) {
  for (const auto wait : {0us, 1us, 31us, 32us, 33us, 1'000us, 20'000'000us}) {
    WaitHistogram histogram;
    histogram.add(wait);
    const double milliseconds = static_cast<double>(wait.count()) / 1000;
    EXPECT_LE(histogram.report().p50_ms, milliseconds);
    EXPECT_GE(histogram.report().p50_ms, milliseconds * 0.968);
  }
}

}  // namespace
}  // namespace stator
