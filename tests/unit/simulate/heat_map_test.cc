#include "simulate/heat_map.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "sample_report.h"
#include "simulate/heat_cell.h"

namespace stator {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr auto kWrite = static_cast<std::size_t>(Direction::write);

std::string drawn(const SimulationReport& report, std::size_t rows_most = kHeatRowsMost) {
  const ResourceReport& resource = report.resources.front();
  const PartitionLayout layout = layout_of(resource.partitions, rows_most);
  std::string svg;
  append_heat_map({.resource = resource, .direction = Direction::write, .layout = layout},
                  TimeAxis(report), &svg);
  return svg;
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

TEST(HeatCell, IsTheShareOfThePartitionsLimit) {
  const SimulationReport report = sample_report();
  const TimeAxis axis(report);
  const PartitionReport& parent = report.resources[0].partitions[0];
  const HeatCell first = heat_cell(parent, Direction::write, {0, 1}, axis);
  EXPECT_DOUBLE_EQ(first.share, 0.5);
  EXPECT_EQ(first.level(), 5U);
  EXPECT_FALSE(first.is_throttled);
  const HeatCell both = heat_cell(parent, Direction::write, {0, 2}, axis);
  EXPECT_DOUBLE_EQ(both.share, 0.75);
  EXPECT_TRUE(both.is_throttled);
  EXPECT_EQ(heat_cell(parent, Direction::read, {0, 2}, axis).level(), 0U);
  EXPECT_DOUBLE_EQ(busiest_share(parent, Direction::write, axis), 1);
}

TEST(HeatCell, EndsWithThePartition) {
  SimulationReport report = sample_report();
  PartitionReport& parent = report.resources[0].partitions[0];
  parent.ended = 1.5;
  const TimeAxis axis(report);
  const HeatCell all = heat_cell(parent, Direction::write, {0, 4}, axis);
  EXPECT_EQ(all.start, 0);
  EXPECT_EQ(all.end, 1.5);
  EXPECT_DOUBLE_EQ(all.share, 1);
  const PartitionReport& child = report.resources[0].partitions[1];
  EXPECT_EQ(heat_cell(child, Direction::write, {0, 4}, axis).start, 2);
}

TEST(HeatMap, DrawsCellsThrottlesAndSplitsWhereTheyHappened) {
  const std::string svg = drawn(sample_report());
  // 132 to 932 are four seconds; two rows of 26 from 24 on. The parent spans both of them.
  EXPECT_THAT(svg, HasSubstr("<path class=\"heat5\" d=\"M132.0 24.0H332.0V76.0H132.0Z\"/>"));
  EXPECT_THAT(svg, HasSubstr("<path class=\"heat10\" d=\"M332.0 24.0H532.0V76.0H332.0Z\"/>"));
  EXPECT_THAT(svg, HasSubstr("<path class=\"refusals\" d=\"M332.0 70.0H532.0V76.0H332.0Z\"/>"));
  // The two children side by side, 75 % each, and 25 % of one.
  EXPECT_THAT(svg, HasSubstr("<path class=\"heat8\" d=\"M532.0 24.0H732.0V50.0H532.0Z"
                             "M532.0 50.0H732.0V76.0H532.0Z\"/>"));
  EXPECT_THAT(svg, HasSubstr("<path class=\"heat3\" d=\"M732.0 24.0H932.0V50.0H732.0Z\"/>"));
  EXPECT_THAT(svg, HasSubstr("<path class=\"cut\" d=\"M532.0 24.0V76.0\"/>"));
  EXPECT_THAT(svg, HasSubstr("<path class=\"mark\" d=\"M532.0 45.0l5 5l-5 5l-5 -5z\"/>"));
  EXPECT_THAT(svg, HasSubstr("0:00:02: partition 1 splits into 2 and 3 (heat) at 0.2500"));
  EXPECT_THAT(svg, HasSubstr(">2: 0.0000</text>"));
  EXPECT_THAT(svg, HasSubstr(">3: 0.2500</text>"));
}

TEST(HeatMap, SaysInWordsWhatAPartitionDid) {
  EXPECT_THAT(
      drawn(sample_report()),
      HasSubstr("partition 1: 0.0000 to 1.0000 of the hash space, 0:00:00 to 0:00:02, 1,500 "
                "units served, at most 100% of its limit, 600 units throttled by it"));
}

TEST(HeatMap, EscapesKeys) {
  SimulationReport report = sample_report();
  report.resources[0].partitions[2].first_key = "pk=\"<script>\"";
  report.resources[0].splits[0].at = "</title><script>";
  report.resources[0].table = "\"><script>";
  EXPECT_THAT(drawn(report), Not(HasSubstr("<script")));
}

TEST(HeatMap, IsBounded) {
  SimulationReport report = sample_report();
  ResourceReport& resource = report.resources[0];
  report.seconds = 600;
  resource.directions[0].slots.resize(600);
  resource.partitions.clear();
  for (std::uint32_t id = 1; id <= 1000; ++id) {
    PartitionReport partition;
    partition.id = id;
    partition.first = id / 1000.0;
    for (std::size_t slot = 0; slot < 600; ++slot) {
      partition.slots.emplace_back();
      partition.slots.back().consumed[kWrite] = static_cast<double>((slot / 2 + id) % 9 * 110);
      partition.slots.back().throttled[kWrite] = static_cast<double>(slot / 2 % 2);
    }
    resource.partitions.push_back(partition);
  }
  const std::string svg = drawn(report);
  EXPECT_EQ(count(svg, "class=\"ground\""), kHeatRowsMost);
  EXPECT_LT(svg.size(), 5'000'000U);
  // Labels do not run into each other.
  EXPECT_LT(count(svg, "class=\"end\""), kHeatRowsMost / 2);
}

}  // namespace
}  // namespace stator
