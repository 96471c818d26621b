#include "simulate/simulation.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>

#include "simulate/workload_reader.h"
#include "workload_text.h"

namespace stator {
namespace {

using namespace testing_support;
using testing::ElementsAre;

// Throttled, retried and split: a bit of everything.
const std::string kBusy = phase("80s", R"("operations": {"PutItem": 5, "GetItem": 1},
  "rate": {"from": 1000, "to": 3000}, "arrivals": "poisson",
  "partition_key": {"keys": 1}, "sort_key": {"keys": 20, "distribution": "zipf", "exponent": 0.5},
  "bytes": {"from": 100, "to": 1000}, "client": {"retries": "standard"})");

TEST(Simulation, GivesTheSameReportForTheSameSeed) {
  const SimulationReport report = report_of(workload(on_demand_table(), kBusy));
  EXPECT_GT(report.total.retries, 0U);
  EXPECT_FALSE(report.resources.at(0).splits.empty());
  EXPECT_EQ(report, report_of(workload(on_demand_table(), kBusy)));
}

TEST(Simulation, GivesAnotherReportForAnotherSeed) {
  EXPECT_NE(report_of(workload(on_demand_table(), kBusy)),
            report_of(workload(on_demand_table(), kBusy, 2)));
}

TEST(Simulation, CountsWhatWasOfferedConsumedAndThrottled) {
  const SimulationReport report =
      report_of(workload(provisioned_table(1, 20), phase("100s", kPuts)));
  EXPECT_EQ(report.seconds, 100);
  EXPECT_EQ(report.slots, 100U);
  EXPECT_EQ(report.total.requests, 5000U);
  EXPECT_EQ(report.total.given_up, report.total.throttled);
  const ResourceReport& table = report.resources.at(0);
  const UnitSlot& writes = table.directions[1].total;
  EXPECT_EQ(writes.offered, 5000);
  EXPECT_EQ(writes.consumed + writes.throttled, 5000);
  EXPECT_NEAR(writes.consumed, 2000, 40);  // and a second that was saved
  EXPECT_THAT(writes.throttles, ElementsAre(0, report.total.throttled, 0, 0));
  EXPECT_EQ(table.directions[0].total, UnitSlot());
}

TEST(Simulation, ItsSeriesAddUpToItsTotals) {
  const SimulationReport report = report_of(workload(on_demand_table(), kBusy));
  const DirectionReport& writes = report.resources.at(0).directions[1];
  UnitSlot sum;
  for (const UnitSlot& slot : writes.slots) {
    sum.offered += slot.offered;
    sum.consumed += slot.consumed;
    sum.throttled += slot.throttled;
    for (std::size_t i = 0; i < kThrottleLimits; ++i) sum.throttles[i] += slot.throttles[i];
  }
  EXPECT_EQ(sum, writes.total);
  RequestCounts requests;
  for (const RequestCounts& slot : report.request_slots) {
    requests.requests += slot.requests;
    requests.succeeded += slot.succeeded;
    requests.given_up += slot.given_up;
    requests.throttled += slot.throttled;
    requests.retries += slot.retries;
  }
  EXPECT_EQ(requests, report.total);
  EXPECT_EQ(report.phases.at(0).loads.at(0).total, report.total);
  double partitions = 0;
  for (const PartitionReport& partition : report.resources.at(0).partitions) {
    for (const PartitionSlot& slot : partition.slots) partitions += slot.consumed[1];
  }
  EXPECT_EQ(partitions, writes.total.consumed);
}

TEST(Simulation, LongOnesHaveLongerSlots) {
  const SimulationReport report =
      report_of(workload(on_demand_table(), R"({"duration": "1h"},)" + phase("10s", kPuts)));
  EXPECT_EQ(report.slot_seconds, 7);
  EXPECT_EQ(report.slots, 516U);
  EXPECT_EQ(report.resources.at(0).directions[1].slots.size(), 516U);
  EXPECT_EQ(report.phases.at(1).start, 3600);
  EXPECT_EQ(report.phases.at(1).resources.at(0).consumed[1], 50);
}

TEST(Simulation, RetriesSucceedWhenThereIsCapacityAgain) {
  const std::string client = R"(, "client": {"retries": "legacy"})";
  const SimulationReport report = report_of(
      workload(provisioned_table(1, 45), phase("30s", kPuts + client) + R"(,{"duration": "1m"})"));
  EXPECT_GT(report.total.retries, 0U);
  EXPECT_EQ(report.total.retries, report.total.throttled);
  EXPECT_EQ(report.total.succeeded, 1500U);
  EXPECT_EQ(report.total.unfinished(), 0U);
  const WaitReport& wait = report.phases.at(0).loads.at(0).wait;
  EXPECT_GE(wait.max_ms, 50);
  EXPECT_LE(wait.p50_ms, wait.p99_ms);
}

TEST(Simulation, WorkersWaitForTheirAnswers) {
  const SimulationReport report = report_of(workload(
      on_demand_table(), phase("10s", R"("operation": "GetItem", "workers": 3, "latency": "20ms",
                                          "partition_key": {"keys": 10})")));
  EXPECT_EQ(report.total.requests, 1500U);
}

TEST(Simulation, ATableThatIsNotMeteredThrottlesNothing) {
  std::string table = provisioned_table(1, 1);
  table.insert(1, R"("capacity": "off", )");
  const SimulationReport report = report_of(workload(table, phase("100s", kPuts)));
  EXPECT_EQ(report.total.throttled, 0U);
  EXPECT_EQ(report.resources.at(0).directions[1].total.consumed, 5000);
}

TEST(Simulation, ReadsCostWhatTheItemsThatAreThereCost) {
  std::string table = on_demand_table();
  table.insert(1, R"("items": {"partition_keys": 10, "sort_keys": 5, "bytes": 6000}, )");
  const SimulationReport gets = report_of(
      workload(table, phase("10s", R"("operation": "GetItem", "rate": 10, "consistency": "strong",
        "partition_key": {"keys": 10}, "sort_key": {"keys": 5})")));
  EXPECT_EQ(gets.resources.at(0).directions[0].total.consumed, 200);
  const SimulationReport queries =
      report_of(workload(table, phase("10s", R"("operation": "Query", "rate": 10, "limit": 4,
        "partition_key": {"keys": 10})")));
  EXPECT_EQ(queries.resources.at(0).directions[0].total.consumed, 100 * 3);  // 24,000 bytes
}

// The puts into a table whose index has so many units; entries move between three keys.
SimulationReport report_of_index(int index_units) {
  return report_of(workload(
      R"({"create": {"TableName": "tab",
        "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 100},
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"},
                                 {"AttributeName": "status", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "GlobalSecondaryIndexes": [{"IndexName": "by_status",
          "KeySchema": [{"AttributeName": "status", "KeyType": "HASH"}],
          "Projection": {"ProjectionType": "ALL"},
          "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": )" +
          std::to_string(index_units) + R"(}}]},
        "attributes": {"status": {"values": {"keys": 3}}}})",
      phase("100s", kPuts)));
}

TEST(Simulation, AnIndexThatCannotFollowThrottlesItsTable) {
  const SimulationReport report = report_of_index(10);
  ASSERT_EQ(report.resources.size(), 2U);
  EXPECT_EQ(report.resources[1].name(), "tab/by_status");
  EXPECT_EQ(report.resources[1].kind, ResourceKind::index);
  EXPECT_EQ(report.resources[0].directions[1].total.throttle_count(), 0U);
  EXPECT_GT(report.total.throttled, 3000U);
  // Entries move, but a refused request is refused once.
  EXPECT_EQ(report.resources[1].directions[1].total.throttle_count(), report.total.throttled);
  EXPECT_EQ(report.resources[0].directions[1].needs.verdict, NeedsVerdict::served);
  EXPECT_EQ(report.resources[1].directions[1].needs.verdict, NeedsVerdict::provision);
}

// Of the index's own units, which it is asked for when nothing is refused.
TEST(Simulation, SaysWhichUnitsOfAnIndexServeTheLoad) {
  const NeedsReport needs = report_of_index(10).resources.at(1).directions[1].needs;
  EXPECT_EQ(needs.verdict, NeedsVerdict::provision);
  const int enough = static_cast<int>(needs.provisioned_units);
  EXPECT_EQ(report_of_index(enough).total.throttled, 0U);
  EXPECT_GT(report_of_index(enough - 10).total.throttled, 0U);
}

TEST(Simulation, SaysWhichProvisionedUnitsServeTheLoad) {
  const auto with = [](int writes) {
    return report_of(workload(provisioned_table(1, writes),
                              phase("5m", kPuts) + "," + phase("2m", R"("operation": "PutItem",
          "rate": 90, "bytes": 1000, "partition_key": {"keys": 100})")));
  };
  const NeedsReport needs = with(20).resources.at(0).directions[1].needs;
  EXPECT_EQ(needs.verdict, NeedsVerdict::provision);
  EXPECT_EQ(needs.provisioned_now, 20);
  EXPECT_EQ(needs.peak_units, 90);
  // More than the first rate, less than the second: what is saved meanwhile pays for that.
  EXPECT_GT(needs.provisioned_units, 50);
  EXPECT_LT(needs.provisioned_units, 90);
  const int enough = static_cast<int>(needs.provisioned_units);
  EXPECT_EQ(with(enough).total.throttled, 0U);
  EXPECT_GT(with(enough - 1).total.throttled, 0U);
}

// Workers that are throttled ask for more writes than were seen. Reads were all seen, and served,
// although the units of the end would not have done.
TEST(Simulation, CallsWhatWasServedServedBesideWhatWasNot) {
  const std::string puts = R"("operation": "PutItem", "workers": 3, "latency": "20ms",
      "bytes": 900, "partition_key": {"keys": 10}, "client": {"retries": "legacy"}},
      {"table": "tab", "operation": "GetItem", "partition_key": {"keys": 10}, "rate": )";
  const std::string fewer = R"({"duration": "60s", "updates": [{"TableName": "tab",
      "ProvisionedThroughput": {"ReadCapacityUnits": 50, "WriteCapacityUnits": 20}}]})";
  const SimulationReport report =
      report_of(workload(provisioned_table(100, 20), phase("60s", puts + "160") + "," + fewer));
  const auto& [reads, writes] = report.resources.at(0).directions;
  EXPECT_EQ(writes.needs.verdict, NeedsVerdict::provision);
  EXPECT_EQ(reads.total.throttle_count(), 0U);
  EXPECT_GT(reads.needs.provisioned_units, 50);
  EXPECT_EQ(reads.needs.verdict, NeedsVerdict::served);
}

// Throttled workers wait, and ask for less than they would.
TEST(Simulation, SaysWhichProvisionedUnitsServeWorkers) {
  const auto with = [](int writes) {
    return report_of(workload(provisioned_table(1, writes), phase("60s", R"("operation": "PutItem",
        "workers": 3, "latency": "20ms", "bytes": 900, "partition_key": {"keys": 10},
        "client": {"retries": "legacy"})")));
  };
  const SimulationReport report = with(20);
  const DirectionReport& writes = report.resources.at(0).directions[1];
  EXPECT_EQ(writes.needs.verdict, NeedsVerdict::provision);
  EXPECT_EQ(writes.needs.provisioned_units, 150);
  EXPECT_LT(writes.total.offered, 60 * 150);
  EXPECT_EQ(with(150).total.throttled, 0U);
}

TEST(Simulation, NamesTheMaximumThatAHotKeyMeetsAsWell) {
  std::string table = on_demand_table();
  table.insert(
      table.find("\"BillingMode\""),
      R"("OnDemandThroughput": {"MaxReadRequestUnits": 10, "MaxWriteRequestUnits": 300}, )");
  const SimulationReport report =
      report_of(workload(table, phase("60s", R"("operation": "PutItem", "rate": 2000,
        "bytes": 900, "partition_key": {"keys": 1})")));
  const NeedsReport& needs = report.resources.at(0).directions[1].needs;
  EXPECT_EQ(needs.verdict, NeedsVerdict::shard_key);
  EXPECT_EQ(needs.maximum_now, 300);
  EXPECT_EQ(needs.warm_units, 2000);
}

TEST(Simulation, NamesTheKeyThatNoSettingServes) {
  const SimulationReport report = report_of(workload(
      on_demand_table(), phase("60s", R"("operation": "PutItem", "rate": 3000, "bytes": 900,
        "partition_key": {"keys": 1000, "distribution": "hot", "hot_share": 0.8},
        "sort_key": {"keys": 1})")));
  const NeedsReport& needs = report.resources.at(0).directions[1].needs;
  EXPECT_EQ(needs.verdict, NeedsVerdict::shard_key);
  EXPECT_EQ(needs.hottest_key, "pk=\"0000000000\" sk=0");
  EXPECT_NEAR(needs.hottest_units, 2400, 60);
  EXPECT_EQ(needs.shards, 3);
  const HotKeysReport& hot = report.resources.at(0).hot_keys;
  EXPECT_EQ(hot.throttled_collections.at(0).key, "pk=\"0000000000\"");
  EXPECT_GT(hot.throttled_collections.at(0).share, 0.9);
  EXPECT_EQ(hot.used_items.at(0).key, "pk=\"0000000000\" sk=0");
}

// A table whose index entries move with each write, on an index that takes few.
const std::string kMovingEntries = R"({"create": {"TableName": "tab",
  "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 900},
  "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"},
                           {"AttributeName": "n", "AttributeType": "N"}],
  "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
  "GlobalSecondaryIndexes": [{"IndexName": "by_n",
    "KeySchema": [{"AttributeName": "n", "KeyType": "HASH"}],
    "Projection": {"ProjectionType": "ALL"},
    "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 9}}]},
  "items": {"partition_keys": 100, "bytes": {"from": 100, "to": 9000}},
  "attributes": {"n": {"values": {"keys": 100000}}}})";

// Units of refused attempts on an index: each of its two entries that was refused, once.
class RefusedUnits : public AttemptObserver {
 public:
  void see(const SimulatedAttempt& attempt) override {
    const std::size_t refused = attempt.throttled.size();
    if (refused == 0) return;
    ASSERT_EQ(attempt.cost.uses.size(), 3U);
    both_ += refused == 2 ? 1 : 0;
    for (const ThrottledArm& arm : attempt.throttled) units_ += attempt.cost.uses[arm.use].units;
  }
  int both() const { return both_; }
  double units() const { return units_; }

 private:
  int both_ = 0;
  double units_ = 0;
};

TEST(Simulation, CountsBothEntriesThatAnIndexRefused) {
  const std::string load = R"("operation": "PutItem", "rate": 50, "partition_key": {"keys": 100},
    "bytes": {"from": 100, "to": 9000})";
  const Result<Workload> read = parse_workload(workload(kMovingEntries, phase("60s", load)));
  ASSERT_TRUE(read.has_value()) << read.error().message();
  RefusedUnits refused;
  const Result<SimulationReport> report = simulate(*read, &refused);
  ASSERT_TRUE(report.has_value()) << report.error().message();
  EXPECT_GT(refused.both(), 100);
  EXPECT_EQ(report->resources.at(1).directions[1].total.throttled, refused.units());
}

TEST(Simulation, LoadsAreDrawnApart) {
  const std::string load = R"("table": "tab", "operation": "PutItem", "rate": 50, "bytes": 100,
    "arrivals": "poisson", "partition_key": {"keys": 100})";
  const SimulationReport report = report_of(workload(
      on_demand_table(), R"({"duration": "60s", "loads": [{)" + load + "}, {" + load + "}]}"));
  // Were they the same, their requests would come in twos.
  const auto is_odd = [](const RequestCounts& slot) { return slot.requests % 2 == 1; };
  EXPECT_GT(std::count_if(report.request_slots.begin(), report.request_slots.end(), is_odd), 10);
}

TEST(Simulation, AnItemCollectionWithLocalIndexesCountsAsOneKey) {
  std::string table = on_demand_table();
  const std::string load = phase("30s", R"("operation": "PutItem", "rate": 1800, "bytes": 900,
    "partition_key": {"keys": 1}, "sort_key": {"keys": 50})");
  const auto needs = [&] {
    return report_of(workload(table, load)).resources[0].directions[1].needs;
  };
  EXPECT_EQ(needs().verdict, NeedsVerdict::spread_keys);
  table.insert(table.find("\"BillingMode\""), R"("LocalSecondaryIndexes": [{"IndexName": "local",
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"},
                  {"AttributeName": "sk", "KeyType": "RANGE"}],
    "Projection": {"ProjectionType": "KEYS_ONLY"}}], )");
  EXPECT_EQ(needs().verdict, NeedsVerdict::shard_key);
  EXPECT_EQ(needs().hottest_key, "pk=\"0000000000\"");
}

TEST(Simulation, WarmThroughputServesWhatANewOnDemandTableDoesNot) {
  const std::string load = phase("60s", R"("operation": "PutItem", "rate": 9000, "bytes": 900,
    "partition_key": {"keys": 100000})");
  const NeedsReport needs =
      report_of(workload(on_demand_table(), load)).resources[0].directions[1].needs;
  EXPECT_EQ(needs.verdict, NeedsVerdict::warm_throughput);
  EXPECT_EQ(needs.warm_now, 4000);
  EXPECT_EQ(needs.warm_units, 9000);
  std::string warm = on_demand_table();
  warm.insert(warm.find("\"BillingMode\""),
              R"("WarmThroughput": {"ReadUnitsPerSecond": 12000, "WriteUnitsPerSecond": 9000}, )");
  const SimulationReport served = report_of(workload(warm, load));
  EXPECT_LT(served.total.throttled, served.total.requests / 20);
}

TEST(Simulation, UpdateTableRequestsRunAtTheStartOfTheirPhase) {
  const SimulationReport report = report_of(
      workload(provisioned_table(1, 500),
               R"({"duration": "10s"}, {"duration": "10s", "updates": [{"TableName": "tab",
          "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 2500}}]})"));
  EXPECT_EQ(report.phases.at(0).resources.at(0).partitions, 1U);
  EXPECT_EQ(report.phases.at(1).resources.at(0).partitions, 4U);
  EXPECT_THAT(report.phases.at(1).changes,
              ElementsAre(R"({"TableName":"tab","ProvisionedThroughput":)"
                          R"({"ReadCapacityUnits":1,"WriteCapacityUnits":2500}})"));
  const std::vector<SplitReport>& splits = report.resources.at(0).splits;
  ASSERT_EQ(splits.size(), 3U);
  EXPECT_EQ(splits[0].second, 10);
  EXPECT_EQ(splits[0].cause, PartitionEnd::settings);
  EXPECT_EQ(splits[0].parent, 1U);
  EXPECT_THAT(splits[0].children, ElementsAre(2U, 3U));
  EXPECT_EQ(splits[0].at, "0.5000");
}

TEST(Simulation, TracesWhatASplitForHeatLeftBehind) {
  const SimulationReport report =
      report_of(workload(on_demand_table(), phase("3m", R"("operation": "PutItem", "rate": 1500,
        "bytes": 900, "partition_key": {"keys": 1}, "sort_key": {"keys": 100})")));
  const ResourceReport& table = report.resources.at(0);
  ASSERT_FALSE(table.splits.empty());
  const SplitReport& split = table.splits.front();
  EXPECT_EQ(split.cause, PartitionEnd::split_for_heat);
  const PartitionReport& parent = table.partitions.at(split.parent - 1);
  EXPECT_EQ(parent.ended, split.second);
  const PartitionReport& low = table.partitions.at(split.children[0] - 1);
  const PartitionReport& high = table.partitions.at(split.children[1] - 1);
  EXPECT_EQ(low.parent, split.parent);
  EXPECT_EQ(high.born, split.second);
  EXPECT_EQ(high.first_key, split.at);
  EXPECT_TRUE(split.at.starts_with("pk=\"0000000000\" sk=")) << split.at;
  EXPECT_GT(report.resources[0].directions[1].slots.back().consumed, 1400);
}

}  // namespace
}  // namespace stator
