// Figures that AWS published, reproduced from workload files within 10 %. Sources: semantics.md 2.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "simulate/simulation.h"
#include "simulate/workload_reader.h"

namespace stator {
namespace {

Workload workload_of(const std::string& workload_name) {
  std::ifstream file(std::string(STATOR_WORKLOADS) + "/" + workload_name + ".json");
  std::stringstream text;
  text << file.rdbuf();
  Result<Workload> workload = parse_workload(text.str());
  EXPECT_TRUE(workload.has_value()) << workload.error().message();
  return workload ? *std::move(workload) : Workload{};
}

SimulationReport report_of(const Workload& workload) {
  Result<SimulationReport> report = simulate(workload);
  EXPECT_TRUE(report.has_value()) << report.error().message();
  return report ? *std::move(report) : SimulationReport{};
}

SimulationReport report_of(const std::string& workload_name) {
  return report_of(workload_of(workload_name));
}

// Write units of the only table that were served in a phase, a second.
double written(const SimulationReport& report, std::size_t phase) {
  return report.phases.at(phase).resources.at(0).consumed[1];
}

std::size_t partitions(const SimulationReport& report, std::size_t phase) {
  return report.phases.at(phase).resources.at(0).partitions;
}

void expect_within_a_tenth(double measured, double published) {
  EXPECT_GE(measured, published * 0.9);
  EXPECT_LE(measured, published * 1.1);
}

TEST(PublishedWorkloads, AFreshOnDemandTableTakes1000WritesASecondUnderOnePartitionKey) {
  const SimulationReport report = report_of("one_key_on_demand");
  expect_within_a_tenth(written(report, 0), 1000);
  EXPECT_TRUE(report.resources.at(0).splits.empty());
}

TEST(PublishedWorkloads, AFreshOnDemandTableTakes1250WritesASecondOfKeysInSequence) {
  expect_within_a_tenth(written(report_of("keys_in_sequence"), 0), 1250);
}

TEST(PublishedWorkloads, AFreshOnDemandTableTakes3600WritesASecondOfShuffledKeys) {
  expect_within_a_tenth(written(report_of("keys_shuffled"), 0), 3600);
}

TEST(PublishedWorkloads, ATableProvisionedWith10000WritesSustainsOver6000) {
  const SimulationReport report = report_of("provisioned_10000");
  EXPECT_GT(written(report, 0), 6000);
  EXPECT_GE(partitions(report, 0), 10U);
}

TEST(PublishedWorkloads, ProvisionedPartitionsShareTheirTablesUnits) {
  const SimulationReport report = report_of("partitions_of_provisioned");
  EXPECT_EQ(partitions(report, 0), 4U);  // of 800 each
  EXPECT_EQ(partitions(report, 1), 4U);  // of 900
  EXPECT_EQ(partitions(report, 2), 8U);  // of 750
  EXPECT_EQ(partitions(report, 3), 8U);  // of 625
}

// 30,000 is what was saved; what comes in meanwhile is on top.
TEST(PublishedWorkloads, AnIdleTableSaves300SecondsAndThenServesItsRate) {
  const SimulationReport report = report_of("burst_of_300_seconds");
  expect_within_a_tenth(written(report, 1), 1000);
  const double beyond_rate = (written(report, 1) + written(report, 2) - 200) * 30;
  expect_within_a_tenth(beyond_rate, 30'000);
  expect_within_a_tenth(written(report, 3), 100);
}

TEST(PublishedWorkloads, AdaptiveCapacityGivesOneKeyAllOfItsTable) {
  const SimulationReport report = report_of("adaptive_one_key");
  EXPECT_EQ(partitions(report, 2), 2U);
  expect_within_a_tenth(written(report, 2), 10);
}

TEST(PublishedWorkloads, AnOnDemandTableServesTwiceItsPreviousPeak) {
  const SimulationReport report = report_of("twice_the_peak");
  expect_within_a_tenth(written(report, 0), 10'000);
  expect_within_a_tenth(written(report, 2), 20'000);
  expect_within_a_tenth(written(report, 3), 20'000);
  EXPECT_GT(report.phases.at(3).resources.at(0).throttled[1], 9000);
}

TEST(PublishedWorkloads, OneHotItemNeverHasMoreThanOnePartition) {
  const SimulationReport report = report_of("one_hot_item");
  expect_within_a_tenth(written(report, 0), 1000);
  EXPECT_TRUE(report.resources.at(0).splits.empty());
  EXPECT_EQ(report.resources.at(0).directions[1].needs.verdict, NeedsVerdict::shard_key);
}

TEST(PublishedWorkloads, HotItemsThatShareAPartitionArePartedUntilAllAreServed) {
  const SimulationReport report = report_of("eight_hot_items");
  expect_within_a_tenth(written(report, 0), 1000);
  expect_within_a_tenth(written(report, 2), 6400);
  EXPECT_FALSE(report.resources.at(0).splits.empty());
}

// Each step asks for the items in the same order, so that only the first finds units.
TEST(PublishedWorkloads, HotItemsWithALoadEachArePartedAsWell) {
  Workload workload = workload_of("eight_hot_items");
  for (Phase& phase : workload.phases) {
    const Load all = phase.loads.at(0);
    phase.loads.clear();
    for (std::uint32_t item = 0; item < 8; ++item) {
      Load& one = phase.loads.emplace_back(all);
      one.rate = {.from = 800, .to = 800};
      one.sort_key->first = item;
      one.sort_key->keys = 1;
    }
  }
  const SimulationReport report = report_of(workload);
  expect_within_a_tenth(written(report, 0), 1000);
  expect_within_a_tenth(written(report, 2), 6400);
}

TEST(PublishedWorkloads, HotItemsInTurnArePartedAsWell) {
  Workload workload = workload_of("eight_hot_items");
  for (Phase& phase : workload.phases) {
    phase.loads.at(0).sort_key->distribution = KeyDistribution::sequential;
  }
  expect_within_a_tenth(written(report_of(workload), 2), 6400);
}

}  // namespace
}  // namespace stator
