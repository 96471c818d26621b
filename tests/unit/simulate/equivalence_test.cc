// A simulation and a real database that gets the same requests at the same times agree on every
// one: what it costs, whether it is throttled, and why.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "request_json.h"
#include "simulate/simulation.h"
#include "simulate/workload_reader.h"
#include "stator/database.h"

namespace stator {
namespace {

using nlohmann::json;

// Units by table ("") and index.
using Units = std::map<std::string, double>;

void add_indexes(const json& reply, const char* kind, Units* units) {
  const json& consumed = reply.at("ConsumedCapacity");
  if (!consumed.contains(kind)) return;
  for (const auto& [name, index] : consumed.at(kind).items()) {
    (*units)[name] += index.at("CapacityUnits").get<double>();
  }
}

// Local indexes are part of their table's.
Units units_of(const json& reply) {
  Units local;
  Units units;
  units[""] = reply.at("ConsumedCapacity").at("Table").at("CapacityUnits").get<double>();
  add_indexes(reply, "LocalSecondaryIndexes", &local);
  for (const auto& [name, each] : local) units[""] += each;
  add_indexes(reply, "GlobalSecondaryIndexes", &units);
  if (units[""] == 0) units.erase("");
  return units;
}

Units units_of(const SimulatedAttempt& attempt) {
  Units units;
  for (std::size_t i = 0; i < attempt.cost.uses.size(); ++i) {
    const std::size_t resource = attempt.cost.resources[i];
    const std::string name =
        resource == 0 ? "" : attempt.table.global_indexes()[resource - 1]->name;
    units[name] += attempt.cost.uses[i].units;
  }
  return units;
}

std::set<std::string> reasons_of(const json& reply) {
  std::set<std::string> reasons;
  for (const char* member : {"ThrottlingReasons", "throttlingReasons"}) {
    if (!reply.contains(member)) continue;
    for (const json& each : reply.at(member)) {
      reasons.insert(each.at("reason").get<std::string>() + " " +
                     each.at("resource").get<std::string>());
    }
  }
  return reasons;
}

std::set<std::string> reasons_of(const SimulatedAttempt& attempt) {
  std::set<std::string> reasons;
  for (const ThrottledArm& arm : attempt.throttled) {
    const std::string index = arm.index.empty() ? "" : "/index/" + arm.index;
    reasons.insert(std::string(arm.reason.name()) + " " + table_arn("us-east-1", arm.table->name) +
                   index);
  }
  return reasons;
}

// Sends every attempt to a real database.
class RealDatabase : public AttemptObserver {
 public:
  explicit RealDatabase(const Workload& workload)
      : clock_(std::make_shared<ManualClock>(workload.start)), table_(workload.tables[0].name) {
    DatabaseOptions options;
    options.clock = clock_;
    options.burst_at_start = workload.burst;
    OpenResult opened = Database::open(options);
    EXPECT_EQ(opened.error, "");
    database_ = std::move(opened.database);
    const Reply made = database_->call("CreateTable", workload.tables[0].create.json);
    EXPECT_EQ(made.status, 200) << made.body;
  }

  void see(const SimulatedAttempt& attempt) override {
    ++attempts_;
    if (differs_) return;
    clock_->advance(attempt.now - clock_->now());
    const auto operation = static_cast<std::size_t>(attempt.request.operation);
    const std::string request = testing_support::request_json(attempt, table_);
    const Reply reply = database_->call(kLoadOperationNames[operation], request);
    compare(attempt, json::parse(reply.body));
    differs_ = testing::Test::HasFailure();
    if (differs_) ADD_FAILURE() << "attempt " << attempts_ << ": " << request << reply.body;
  }

  int attempts() const { return attempts_; }
  int throttled() const { return throttled_; }
  // Operations that ran, and reasons that were met.
  std::set<std::string> seen() const { return seen_; }

 private:
  void compare(const SimulatedAttempt& attempt, const json& reply) {
    EXPECT_EQ(reasons_of(attempt), reasons_of(reply));
    if (!attempt.throttled.empty()) {
      ++throttled_;
      for (const ThrottledArm& arm : attempt.throttled) seen_.emplace(arm.reason.name());
      return;
    }
    seen_.emplace(kLoadOperationNames[static_cast<std::size_t>(attempt.request.operation)]);
    ASSERT_TRUE(reply.contains("ConsumedCapacity"));
    EXPECT_EQ(units_of(attempt), units_of(reply));
  }

  std::shared_ptr<ManualClock> clock_;
  std::unique_ptr<Database> database_;
  std::string table_;
  int attempts_ = 0;
  int throttled_ = 0;
  bool differs_ = false;
  std::set<std::string> seen_;
};

// What came of a workload that ran against both.
struct Agreement {
  SimulationReport report;
  int attempts = 0;
  int throttled = 0;
  std::set<std::string> seen;
};

Agreement run_both(std::string_view text) {
  const Result<Workload> workload = parse_workload(text);
  EXPECT_TRUE(workload.has_value()) << workload.error().message();
  if (!workload) return {};
  RealDatabase database(*workload);
  Result<SimulationReport> report = simulate(*workload, &database);
  EXPECT_TRUE(report.has_value()) << report.error().message();
  if (!report) return {};
  return {*std::move(report), database.attempts(), database.throttled(), database.seen()};
}

// All kinds of indexes and projections, with few units for each.
constexpr std::string_view kIndexedTable = R"({"create": {
  "TableName": "orders",
  "AttributeDefinitions": [
    {"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "N"},
    {"AttributeName": "status", "AttributeType": "S"}, {"AttributeName": "n", "AttributeType": "N"},
    {"AttributeName": "b", "AttributeType": "B"}],
  "KeySchema": [
    {"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
  "LocalSecondaryIndexes": [
    {"IndexName": "local_by_n", "Projection": {"ProjectionType": "ALL"},
     "KeySchema": [
       {"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "n", "KeyType": "RANGE"}]}],
  "GlobalSecondaryIndexes": [
    {"IndexName": "by_status", "Projection": {"ProjectionType": "KEYS_ONLY"},
     "ProvisionedThroughput": {"ReadCapacityUnits": 2, "WriteCapacityUnits": 4},
     "KeySchema": [
       {"AttributeName": "status", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}]},
    {"IndexName": "by_b", "Projection": {"ProjectionType": "ALL"},
     "ProvisionedThroughput": {"ReadCapacityUnits": 3, "WriteCapacityUnits": 5},
     "KeySchema": [
       {"AttributeName": "b", "KeyType": "HASH"}, {"AttributeName": "status", "KeyType": "RANGE"}]},
    {"IndexName": "all_of_n",
     "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["status"]},
     "ProvisionedThroughput": {"ReadCapacityUnits": 2, "WriteCapacityUnits": 6},
     "KeySchema": [{"AttributeName": "n", "KeyType": "HASH"}]}],
  "ProvisionedThroughput": {"ReadCapacityUnits": 9, "WriteCapacityUnits": 12}},
 "attributes": {
   "status": {"values": {"keys": 4, "distribution": "zipf"}},
   "n": {"values": {"keys": 1200}, "share": 0.7},
   "b": {"values": {"keys": 30, "distribution": "hot", "hot_share": 0.6}}}})";

std::string mixed_workload(std::string_view burst) {
  return R"({"seed": 5, "burst_at_start": ")" + std::string(burst) + R"(",
    "tables": [)" +
         std::string(kIndexedTable) + R"(],
    "phases": [
      {"duration": "2m", "loads": [
        {"table": "orders", "operations": {"PutItem": 5, "UpdateItem": 4, "DeleteItem": 2,
                                           "GetItem": 3},
         "rate": {"from": 20, "to": 60}, "arrivals": "poisson", "sets": ["status", "n"],
         "partition_key": {"keys": 10, "distribution": "zipf"}, "sort_key": {"keys": 20},
         "bytes": {"from": 160, "to": 5000}, "consistency": "strong",
         "client": {"retries": "standard"}},
        {"table": "orders", "operation": "Query", "rate": 5, "partition_key": {"keys": 11}},
        {"table": "orders", "operation": "Query", "index": "by_status", "rate": 3,
         "partition_key": {"keys": 4}},
        {"table": "orders", "operation": "Query", "index": "local_by_n", "rate": 3,
         "consistency": "strong", "partition_key": {"keys": 10}},
        {"table": "orders", "operation": "Query", "index": "by_b", "rate": 40,
         "partition_key": {"keys": 30}}]},
      {"duration": "3m"},
      {"duration": "1m", "loads": [
        {"table": "orders", "operation": "UpdateItem", "workers": 4, "latency": "20ms",
         "partition_key": {"keys": 10}, "sort_key": {"keys": 25}, "bytes": 900,
         "client": {"retries": "legacy"}}]}
    ]})";
}

void expect_agreement_on_a_mix(std::string_view burst) {
  const Agreement both = run_both(mixed_workload(burst));
  EXPECT_GT(both.attempts, 8000);
  EXPECT_GT(both.throttled, 500);
  EXPECT_EQ(both.seen, (std::set<std::string>{"PutItem", "UpdateItem", "DeleteItem", "GetItem",
                                              "Query", "TableReadProvisionedThroughputExceeded",
                                              "TableWriteProvisionedThroughputExceeded",
                                              "IndexReadProvisionedThroughputExceeded",
                                              "IndexWriteProvisionedThroughputExceeded"}));
}

TEST(Equivalence, EveryRequestCostsWhatARealOneCosts) {
  expect_agreement_on_a_mix("full");
}

TEST(Equivalence, ANewTableHasSavedAsLittleAsARealOne) {
  expect_agreement_on_a_mix("none");
}

TEST(Equivalence, PartitionsAreSplitAsInARealDatabase) {
  const Agreement both = run_both(R"({
    "burst_at_start": "full",
    "tables": [{"create": {
      "TableName": "events", "BillingMode": "PAY_PER_REQUEST",
      "AttributeDefinitions": [
        {"AttributeName": "pk", "AttributeType": "S"},
        {"AttributeName": "sk", "AttributeType": "N"}],
      "KeySchema": [
        {"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}]}}],
    "phases": [{"duration": "80s", "loads": [
      {"table": "events", "operation": "PutItem", "rate": 1300, "bytes": 100,
       "partition_key": {"keys": 1}, "sort_key": {"keys": 8}}]}]})");
  EXPECT_GT(both.throttled, 1000);
  EXPECT_TRUE(both.seen.contains("TableWriteKeyRangeThroughputExceeded"));
  EXPECT_FALSE(both.report.resources.at(0).splits.empty());
}

}  // namespace
}  // namespace stator
