#include "simulate/workload_reader.h"

#include <gmock/gmock.h>

#include <string>

#include "simulate/json_document.h"

namespace stator {
namespace {

using namespace std::chrono_literals;

// A workload whose lines are known: the table is line 3, the phase 6, the load 8.
constexpr std::string_view kWorkload = R"({
  "tables": [
    {"create": {"TableName": "orders"}}
  ],
  "phases": [
    {"duration": "10m",
     "loads": [
       {"table": "orders", "operation": "PutItem", "rate": 5, "partition_key": {"keys": 7}}
     ]}
  ]
})";

std::string changed(std::string_view what, std::string_view with) {
  std::string text(kWorkload);
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), with);
}

std::string fault_of(const std::string& text) {
  const Result<Workload> workload = parse_workload(text);
  return workload ? "no fault" : workload.error().message();
}

std::string fault_of(std::string_view what, std::string_view with) {
  return fault_of(changed(what, with));
}

Load load_of(std::string_view what, std::string_view with) {
  const Result<Workload> workload = parse_workload(changed(what, with));
  EXPECT_TRUE(workload.has_value()) << workload.error().message();
  return workload ? workload->phases.at(0).loads.at(0) : Load{};
}

TEST(WorkloadReader, GivesDefaultsToWhatIsNotThere) {
  const Result<Workload> workload = parse_workload(kWorkload);
  ASSERT_TRUE(workload.has_value()) << workload.error().message();
  EXPECT_EQ(workload->seed, 1U);
  EXPECT_EQ(workload->burst, BurstAtStart::none);
  EXPECT_EQ(workload->tables.at(0).name, "orders");
  EXPECT_EQ(workload->tables.at(0).create.json, R"({"TableName": "orders"})");
  EXPECT_EQ(workload->tables.at(0).mode, CapacityMode::enforce);
  const Phase& phase = workload->phases.at(0);
  EXPECT_EQ(phase.name, "phase 1");
  EXPECT_EQ(phase.duration, 10min);
  const Load& load = phase.loads.at(0);
  EXPECT_EQ(load.name, "loads[0]");
  EXPECT_TRUE(load.has(LoadOperation::put_item));
  EXPECT_FALSE(load.has(LoadOperation::get_item));
  EXPECT_EQ(load.rate.from, 5);
  EXPECT_EQ(load.rate.to, 5);
  EXPECT_EQ(load.partition_key.keys, 7U);
  EXPECT_EQ(load.bytes.from, 1024U);
  EXPECT_EQ(load.client.attempts, 1U);
}

TEST(WorkloadReader, ReadsWhatALoadSays) {
  const Load load =
      load_of(R"("operation": "PutItem", "rate": 5)",
              R"("name": "mix", "operations": {"PutItem": 1, "UpdateItem": 2, "Query": 1},
         "rate": {"from": 1, "to": 9.5}, "arrivals": "poisson", "sets": ["status"], "limit": 20,
         "sort_key": {"keys": 9, "distribution": "hot", "hot_share": 0.5, "hot_keys": 2},
         "bytes": {"from": 100, "to": 300}, "consistency": "strong",
         "client": {"retries": "standard", "attempts": 6, "base": "25ms"})");
  EXPECT_EQ(load.name, "mix");
  EXPECT_EQ(load.weights[1], 2);
  EXPECT_EQ(load.rate.to, 9.5);
  EXPECT_EQ(load.arrivals, Arrivals::poisson);
  EXPECT_THAT(load.sets, testing::ElementsAre("status"));
  EXPECT_EQ(load.limit, 20U);
  EXPECT_EQ(load.sort_key->distribution, KeyDistribution::hot);
  EXPECT_EQ(load.sort_key->hot_share, 0.5);
  EXPECT_EQ(load.sort_key->hot_keys, 2U);
  EXPECT_EQ(load.bytes.to, 300U);
  EXPECT_EQ(load.consistency, Consistency::strong);
  EXPECT_EQ(load.client.attempts, 6U);
  EXPECT_EQ(load.client.base, 25ms);
  EXPECT_EQ(load.client.most, 20s);
  EXPECT_EQ(load.client.quota, 500U);
}

TEST(WorkloadReader, ReadsWorkersInsteadOfARate) {
  const Load load = load_of(R"("rate": 5)", R"("workers": 64, "latency": "2ms")");
  ASSERT_TRUE(load.workers.has_value());
  EXPECT_EQ(load.workers->workers, 64U);
  EXPECT_EQ(load.workers->latency, 2ms);
}

TEST(WorkloadReader, ReadsTheSettingsOfTables) {
  const Result<Workload> workload =
      parse_workload(changed(R"({"create": {"TableName": "orders"}})",
                             R"({"create": {"TableName": "orders"}, "capacity": "off",
          "attributes": {"status": {"values": {"keys": 3}, "share": 0.25}},
          "items": {"partition_keys": 10, "sort_keys": 2, "bytes": 500}})"));
  ASSERT_TRUE(workload.has_value()) << workload.error().message();
  const TableSetup& table = workload->tables.at(0);
  EXPECT_EQ(table.mode, CapacityMode::off);
  EXPECT_EQ(table.attributes.at(0).name, "status");
  EXPECT_EQ(table.attributes.at(0).share, 0.25);
  EXPECT_EQ(table.items->partition_keys, 10U);
  EXPECT_EQ(table.items->sort_keys, 2U);
  EXPECT_EQ(table.items->bytes.from, 500U);
}

TEST(WorkloadReader, NamesTheLineAndTheMemberOfAMistake) {
  EXPECT_EQ(fault_of(R"("rate": 5)", R"("rate": -1)"),
            "8: phases[0].loads[0].rate: must be a number from 0 to 1000000");
  EXPECT_EQ(fault_of(R"("rate": 5)", R"("rate": {"from": 1, "to": "x"})"),
            "8: phases[0].loads[0].rate.to: must be a number from 0 to 1000000");
  EXPECT_EQ(fault_of(R"("keys": 7)", R"("keys": 1.5)"),
            "8: phases[0].loads[0].partition_key.keys: must be a whole number from 1 to 16777216");
  EXPECT_EQ(fault_of(R"("duration": "10m")", R"("duration": 10)"),
            "6: phases[0].duration: must be a duration such as \"90s\", \"10m\" or \"1h\"");
  EXPECT_EQ(
      fault_of(R"("duration": "10m")", R"("duration": "10x")"),
      "6: phases[0].duration: not a duration: \"10x\"; it is written like 0, 200ms, 1.5s, 2m, "
      "1h or 1d");
  EXPECT_EQ(fault_of(R"("duration": "10m")", R"("duration": "500ms")"),
            "6: phases[0].duration: must be at least a second");
  EXPECT_EQ(fault_of(R"("PutItem")", R"("Put")"),
            "8: phases[0].loads[0].operation: must be one of PutItem, UpdateItem, DeleteItem, "
            "GetItem, Query");
  EXPECT_EQ(fault_of(R"({"keys": 7})", R"("seven")"),
            "8: phases[0].loads[0].partition_key: must be an object");
}

TEST(WorkloadReader, RefusesWhatIsNotUtf8) {
  const auto with_title = [](const std::string& title) {
    return fault_of(R"("tables")", R"("title": ")" + title + R"(", "tables")");
  };
  EXPECT_EQ(with_title("\xC3\xA9"), "no fault");
  EXPECT_EQ(with_title("\xC3\xA9 \xC3"), "2: a string is not UTF-8");
  EXPECT_EQ(with_title("\xC3"), "2: a string is not UTF-8");
}

TEST(WorkloadReader, RefusesUnknownMembersAndTables) {
  EXPECT_EQ(fault_of(R"("rate": 5)", R"("rate": 5, "rat": 6)"),
            "8: phases[0].loads[0].rat: unknown member");
  EXPECT_EQ(fault_of(R"("phases")", R"("sed": 3, "phases")"), "5: sed: unknown member");
  EXPECT_EQ(fault_of(R"("table": "orders")", R"("table": "order")"),
            "8: phases[0].loads[0].table: there is no table order");
  EXPECT_EQ(fault_of(R"("TableName": "orders")", R"("TableName": "orders", "BilingMode": 1)"),
            "3: tables[0].create.BilingMode: not a member that a simulation takes");
  EXPECT_EQ(fault_of(R"("loads")", R"("updates": [{"TableName": "other"}], "loads")"),
            "7: phases[0].updates[0].TableName: there is no table other");
}

TEST(WorkloadReader, NamesWhatIsMissing) {
  EXPECT_EQ(fault_of(R"("table": "orders", )", ""),
            "8: phases[0].loads[0]: the member table is missing");
  EXPECT_EQ(fault_of(R"("duration": "10m",)", ""), "6: phases[0]: the member duration is missing");
  EXPECT_EQ(fault_of(R"("rate": 5, )", ""),
            "8: phases[0].loads[0]: must have one of the members rate and workers");
  EXPECT_EQ(fault_of(R"("operation": "PutItem", )", ""),
            "8: phases[0].loads[0]: must have one of the members operation and operations");
  EXPECT_EQ(fault_of("{}"), "1: the member tables is missing");
}

TEST(WorkloadReader, RefusesMembersThatDoNotGoTogether) {
  EXPECT_EQ(fault_of(R"("rate": 5)", R"("rate": 5, "latency": "1ms")"),
            "8: phases[0].loads[0].latency: goes with workers only");
  EXPECT_EQ(fault_of(R"("rate": 5)", R"("workers": 5, "arrivals": "even")"),
            "8: phases[0].loads[0].arrivals: goes with a rate only");
  EXPECT_EQ(fault_of(R"("rate": 5)", R"("rate": 5, "index": "i")"),
            "8: phases[0].loads[0].index: goes with Query only: an index has no other operation");
  EXPECT_EQ(fault_of(R"("rate": 5)", R"("rate": 5, "limit": 3)"),
            "8: phases[0].loads[0].limit: goes with Query only");
  EXPECT_EQ(fault_of(R"("rate": 5)", R"("rate": 5, "sets": ["a"])"),
            "8: phases[0].loads[0].sets: goes with UpdateItem only");
  EXPECT_EQ(fault_of(R"({"keys": 7})", R"({"keys": 7, "exponent": 2})"),
            "8: phases[0].loads[0].partition_key.exponent: goes with the distribution zipf only");
  EXPECT_EQ(fault_of(R"({"keys": 7})", R"({"keys": 7, "hot_keys": 2})"),
            "8: phases[0].loads[0].partition_key.hot_keys: goes with the distribution hot only");
}

TEST(WorkloadReader, RefusesTooMuch) {
  EXPECT_EQ(fault_of(R"("10m")", R"("745h")"),
            "6: phases[0].duration: too long: \"745h\"; the most is 31d");
  EXPECT_EQ(fault_of(R"("phases": [)", R"("phases": [{"duration": "31d"},)"),
            "6: phases[1].duration: all phases together must not last longer than 31d");
  EXPECT_EQ(fault_of(std::string(kWorkloadBytesMax + 1, ' ')), "1: the file is larger than 1 MB");
}

TEST(WorkloadReader, NamesTheLineWhereTheJsonEnds) {
  EXPECT_EQ(fault_of("{\n\"a\": 1,\n}"), "3: the name of a member is missing");
  EXPECT_EQ(fault_of("{\n\"a\": 1\n\"b\": 2}"), "3: a comma or } is missing");
  EXPECT_EQ(fault_of("{\"a\": [1 2]}"), "1: a comma or ] is missing");
  EXPECT_EQ(fault_of("{\"a\": 1,\n \"a\": 2}"), "2: the member a is there twice");
  EXPECT_EQ(fault_of("{} \n x"), "2: something follows the value");
  EXPECT_EQ(fault_of("{\"a\": 01}"), "1: a comma or } is missing");
  EXPECT_EQ(fault_of("{\"a\": nul}"), "1: not a value");
  EXPECT_EQ(fault_of("{\"a\": \"x"), "1: a string has no end");
  EXPECT_EQ(fault_of("{\"a\": \"\\ud800\"}"), "1: half of a surrogate pair");
  EXPECT_EQ(fault_of(""), "1: the text ends where a value is expected");
  EXPECT_EQ(fault_of(std::string(100, '[')), "1: too many values inside each other");
  EXPECT_EQ(fault_of("[]"), "1: must be an object");
}

TEST(JsonOnOneLine, KeepsTheSpaceInStrings) {
  EXPECT_EQ(json_on_one_line("{ \"a b\" :\n [1, \"c \\\" d\"] }"), "{\"a b\":[1,\"c \\\" d\"]}");
}

TEST(WorkloadReader, DecodesEscapes) {
  const Result<JsonNode> node = parse_json_document(R"("a\n\"\u00e9\u20ac\ud83d\ude00")");
  ASSERT_TRUE(node.has_value());
  EXPECT_EQ(node->text, "a\n\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
}

}  // namespace
}  // namespace stator
