#include "simulate/report_text.h"

#include <gmock/gmock.h>

#include <sstream>

#include "sample_report.h"

namespace stator {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string text_of(const SimulationReport& report) {
  std::string text;
  write_text_report(report, &text);
  return text;
}

std::size_t columns_of(const std::string& line) {
  std::size_t columns = 0;
  for (const char c : line) columns += (c & 0xC0) == 0x80 ? 0 : 1;
  return columns;
}

TEST(TextReport, IsTables) {
  EXPECT_EQ(text_of(sample_report()), R"(rush.json
A rush
0:00:04 simulated from 1970-01-02T00:00:00.000Z, seed 7

REQUESTS        load                  begun   succeeded    given up   throttled     retries p99 wait
rush            put                   3,850       3,250         600         600           0  12.5 ms
all                                   3,850       3,250         600         600           0

UNITS A SECOND  table or index                      offered  consumed throttled      peak partitions
rush            orders                     writes       963       813       150     1,500         2

orders, writes: spread the keys
  600 attempts throttled: TableWriteKeyRangeThroughputExceeded
  The settings are not the limit: a partition serves 1,000 units a second, and pk="a" with 800 a
  second shares one with others. Splits for heat part them after some minutes, but not keys that are
  used in sequence. Warm throughput parts item collections beforehand; traffic over more partition
  keys needs neither.

orders: splits
   0:00:02  partition 1 into 2 and 3, heat, at 0.2500

orders: most used collections
  key                                                              units   share at most less by
  pk="a"                                                           2,000   61.5%              10

orders: most throttled collections
  key                                                           attempts   share at most less by
  pk="a"                                                             600    100%               0
)");
}

TEST(TextReport, ListsChangesOfSettings) {
  SimulationReport report = sample_report();
  report.phases[0].changes = {R"({"TableName": "orders"})"};
  EXPECT_THAT(text_of(report),
              HasSubstr("CHANGES OF SETTINGS\nrush            {\"TableName\": \"orders\"}\n"));
}

TEST(TextReport, SaysWhereNoKeyStandsOut) {
  SimulationReport report = sample_report();
  report.resources[0].hot_keys.used_collections = {
      {.key = "pk=\"b\"", .amount = 12, .error = 11, .share = 0.0037}};
  EXPECT_THAT(text_of(report), AllOf(HasSubstr("orders: most used collections: none stands out"),
                                     Not(HasSubstr("pk=\"b\""))));
}

TEST(TextReport, OfAnEmptyRunHasItsHead) {
  SimulationReport report;
  report.workload = "empty.json";
  report.resources = {idle_index()};
  EXPECT_THAT(text_of(report), AllOf(HasSubstr("empty.json\n0:00:00 simulated"),
                                     HasSubstr("REQUESTS"), Not(HasSubstr("by_status"))));
}

TEST(TextReport, ListsAFewSplitsAndCountsTheOthers) {
  SimulationReport report = sample_report();
  std::vector<SplitReport>& splits = report.resources[0].splits;
  splits.resize(33, splits.front());
  EXPECT_THAT(text_of(report), HasSubstr("\n  and 13 more\n"));
}

TEST(TextReport, StaysWithinItsColumnsWhateverNamesAre) {
  SimulationReport report = sample_report();
  const std::string name = "\x1B[31m" + std::string(300, 'w');
  report.workload = report.title = report.phases[0].name = report.phases[0].loads[0].name = name;
  report.phases[0].changes = {name};
  ResourceReport& resource = report.resources[0];
  resource.table = resource.index = resource.splits[0].at = name;
  resource.directions[1].needs.hottest_key = name;
  resource.hot_keys.used_items = {{.key = name, .amount = 5, .error = 0, .share = 1}};
  const std::string text = text_of(report);
  EXPECT_THAT(text, Not(HasSubstr("\x1B")));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(columns_of(line), kTextReportColumns) << line;
  }
}

}  // namespace
}  // namespace stator
