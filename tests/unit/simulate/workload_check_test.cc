// Faults of workloads that only their tables could show.
#include <gmock/gmock.h>

#include <string>

#include "workload_text.h"

namespace stator {
namespace {

using namespace testing_support;

TEST(WorkloadCheck, NamesTheLineOfWhatTheTablesDoNotHave) {
  const auto load_fault = [](const std::string& load) {
    return fault_of(workload(on_demand_table(), phase("10s", load)));
  };
  const std::string keys = R"("rate": 1, "partition_key": {"keys": 10})";
  EXPECT_EQ(load_fault(R"("operation": "Query",
"index": "i", )" + keys),
            "9: phases[0].loads[0].index: tab has no index i");
  EXPECT_EQ(load_fault(R"("operation": "PutItem",
"bytes": 30, )" + keys),
            "9: phases[0].loads[0].bytes: an item with these keys has at least 40 bytes");
  EXPECT_EQ(load_fault(R"("operation": "UpdateItem", "sets": ["x"], )" + keys),
            "8: phases[0].loads[0].sets: x is not in the table's attributes");
  EXPECT_EQ(load_fault(R"("operation": "PutItem", "rate": 1, "sort_key": {"keys": 16000000},
"partition_key": {"keys": 16000000})"),
            "1: tables[0]: 256000000000000 possible items with 0 attributes are more than a "
            "simulation remembers");
}

TEST(WorkloadCheck, RefusesAKeyWithTheNameOfWhatFillsItems) {
  std::string table = on_demand_table();
  for (std::size_t at = 0; (at = table.find("\"sk\"", at)) != std::string::npos;) {
    table.replace(at, 4, "\"data\"");
  }
  EXPECT_EQ(fault_of(workload(table, phase("10s", kPuts))),
            "1: tables[0]: data is what fills items up, and no key");
}

TEST(WorkloadCheck, NamesTheLineOfARequestThatTheDatabaseRefuses) {
  std::string wrong = on_demand_table();
  wrong.replace(wrong.find("RANGE"), 5, "HASH");
  EXPECT_EQ(fault_of(workload(wrong, phase("10s", kPuts))),
            "4: tables[0].create.KeySchema: ValidationException: Invalid KeySchema: The second "
            "KeySchemaElement is not a RANGE key type");
  const std::string update = R"({"duration": "10s",
"updates": [{"TableName": "tab",
             "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 6}}]})";
  EXPECT_THAT(fault_of(workload(provisioned_table(5, 6), update)),
              testing::StartsWith("7: phases[0].updates[0]: ValidationException: The provisioned "
                                  "throughput for the table will not change."));
}

TEST(WorkloadCheck, NamesTheLineOfTheMemberThatBreaksAConstraint) {
  std::string wrong = on_demand_table();
  wrong.insert(wrong.find("\"BillingMode\""), R"("ProvisionedThroughput":
{"ReadCapacityUnits": 0, "WriteCapacityUnits": 1},
)");
  const std::string fault = fault_of(workload(wrong, phase("10s", kPuts)));
  EXPECT_THAT(fault, testing::StartsWith("2: tables[0].create.ProvisionedThroughput: Validation"));
  EXPECT_THAT(fault, testing::HasSubstr("at 'provisionedThroughput.readCapacityUnits'"));
}

TEST(WorkloadCheck, AsksForTheAttributesThatIndexesHaveAsKeys) {
  const std::string table = R"({"create": {"TableName": "tab", "BillingMode": "PAY_PER_REQUEST",
    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"},
                             {"AttributeName": "a", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "GlobalSecondaryIndexes": [{"IndexName": "by_a",
      "KeySchema": [{"AttributeName": "a", "KeyType": "HASH"}],
      "Projection": {"ProjectionType": "ALL"}}]})";
  EXPECT_EQ(fault_of(workload(table + "}", phase("10s", kPuts))),
            "1: tables[0]: attributes must describe a, a key of the index by_a");
  EXPECT_EQ(fault_of(workload(table + R"(,
"attributes": {"a": {"values": {"keys": 1}},
 "b": {"values": {"keys": 1}}}})",
                              phase("10s", kPuts))),
            "9: tables[0].attributes.b: not a key of an index of this table");
}

}  // namespace
}  // namespace stator
