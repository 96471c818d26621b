#include "simulate/time_axis.h"

#include <gmock/gmock.h>

#include "sample_report.h"

namespace stator {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr ChartBand kBand = {.top = 20, .bottom = 100};

std::size_t ticks_of(double seconds) {
  SimulationReport report;
  report.seconds = seconds;
  std::string svg;
  TimeAxis(report).append_times(kBand, &svg);
  std::size_t ticks = 0;
  for (std::size_t at = svg.find("<text"); at != std::string::npos;
       at = svg.find("<text", at + 1)) {
    ++ticks;
  }
  return ticks;
}

TEST(TimeAxis, HasAFewTicksHoweverLongTheRun) {
  EXPECT_EQ(ticks_of(1), 2U);
  EXPECT_EQ(ticks_of(4), 5U);
  EXPECT_EQ(ticks_of(3600), 7U);
  for (const double seconds : {7.0, 61.0, 500.0, 5000.0, 100000.0, 31 * 86400.0}) {
    EXPECT_GE(ticks_of(seconds), 4U) << seconds;
    EXPECT_LE(ticks_of(seconds), 11U) << seconds;
  }
}

TEST(TimeAxis, NamesPhasesThatHaveRoomForTheirName) {
  SimulationReport report;
  report.seconds = 1000;
  for (const char* const name : {"long", "short", "later"}) {
    PhaseReport phase;
    phase.name = name;
    phase.seconds = report.phases.size() == 1 ? 10 : 495;
    phase.start =
        report.phases.empty() ? 0 : report.phases.back().start + report.phases.back().seconds;
    report.phases.push_back(phase);
  }
  std::string svg;
  TimeAxis(report).append_phases(kBand, &svg);
  EXPECT_THAT(
      svg, AllOf(HasSubstr(">long</text>"), Not(HasSubstr("short")), HasSubstr(">later</text>")));
  // All of them have a line where they begin.
  EXPECT_THAT(svg, AllOf(HasSubstr("d=\"M132.0 6.0V100.0\""), HasSubstr("d=\"M528.0 6.0V100.0\""),
                         HasSubstr("d=\"M536.0 6.0V100.0\"")));
}

TEST(TimeAxis, TheLastSlotEndsWithTheRun) {
  SimulationReport report = sample_report();
  report.seconds = 3.25;
  const TimeAxis axis(report);
  EXPECT_EQ(axis.slot_seconds(0), 1);
  EXPECT_EQ(axis.slot_seconds(3), 0.25);
  EXPECT_EQ(axis.x(3.25), kChartRight);
  EXPECT_EQ(axis.x(axis.slot_start(4)), kChartRight);
}

}  // namespace
}  // namespace stator
