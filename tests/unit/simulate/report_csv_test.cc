#include "simulate/report_csv.h"

#include <gmock/gmock.h>

#include "sample_report.h"

namespace stator {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string csv_of(const SimulationReport& report) {
  std::string csv;
  write_csv_report(report, &csv);
  return csv;
}

TEST(CsvReport, OfAnEmptyRunIsItsHeader) {
  EXPECT_EQ(
      csv_of({}),
      "section,phase,load,table,index,direction,partition,key,second,seconds,measure,value\r\n");
}

TEST(CsvReport, HasAFigureInEachRow) {
  SimulationReport report = sample_report();
  report.resources[0].hot_keys = {};
  report.resources[0].directions[0] = {};
  EXPECT_EQ(
      csv_of(report),
      "section,phase,load,table,index,direction,partition,key,second,seconds,measure,value\r\n"
      "requests,,,,,,,,0,1,requests,500\r\n"
      "requests,,,,,,,,0,1,succeeded,500\r\n"
      "requests,,,,,,,,1,1,requests,1600\r\n"
      "requests,,,,,,,,1,1,succeeded,1000\r\n"
      "requests,,,,,,,,1,1,given_up,600\r\n"
      "requests,,,,,,,,1,1,throttled_attempts,600\r\n"
      "requests,,,,,,,,2,1,requests,1500\r\n"
      "requests,,,,,,,,2,1,succeeded,1500\r\n"
      "requests,,,,,,,,3,1,requests,250\r\n"
      "requests,,,,,,,,3,1,succeeded,250\r\n"
      "load,rush,put,orders,,,,,0,4,requests,3850\r\n"
      "load,rush,put,orders,,,,,0,4,succeeded,3250\r\n"
      "load,rush,put,orders,,,,,0,4,given_up,600\r\n"
      "load,rush,put,orders,,,,,0,4,throttled_attempts,600\r\n"
      "load,rush,put,orders,,,,,0,4,retries,0\r\n"
      "load,rush,put,orders,,,,,0,4,wait_mean_ms,0\r\n"
      "load,rush,put,orders,,,,,0,4,wait_p50_ms,0\r\n"
      "load,rush,put,orders,,,,,0,4,wait_p99_ms,12.5\r\n"
      "load,rush,put,orders,,,,,0,4,wait_max_ms,0\r\n"
      "phase,rush,,orders,,read,,,0,4,offered_units_per_second,0\r\n"
      "phase,rush,,orders,,read,,,0,4,consumed_units_per_second,0\r\n"
      "phase,rush,,orders,,read,,,0,4,throttled_units_per_second,0\r\n"
      "phase,rush,,orders,,read,,,0,4,peak_consumed_units_per_second,0\r\n"
      "phase,rush,,orders,,write,,,0,4,offered_units_per_second,962.5\r\n"
      "phase,rush,,orders,,write,,,0,4,consumed_units_per_second,812.5\r\n"
      "phase,rush,,orders,,write,,,0,4,throttled_units_per_second,150\r\n"
      "phase,rush,,orders,,write,,,0,4,peak_consumed_units_per_second,1500\r\n"
      "needs,,,orders,,read,,,0,4,verdict.idle,1\r\n"
      "needs,,,orders,,read,,,0,4,mean_units,0\r\n"
      "needs,,,orders,,read,,,0,4,peak_units,0\r\n"
      "needs,,,orders,,read,,,0,4,provisioned_units,0\r\n"
      "needs,,,orders,,read,,,0,4,warm_units,0\r\n"
      "needs,,,orders,,read,,,0,4,hottest_units,0\r\n"
      "needs,,,orders,,read,,,0,4,shards,1\r\n"
      "needs,,,orders,,read,,,0,4,partition_limit,0\r\n"
      "needs,,,orders,,write,,\"pk=\"\"a\"\"\",0,4,verdict.spread_keys,1\r\n"
      "needs,,,orders,,write,,\"pk=\"\"a\"\"\",0,4,mean_units,962.5\r\n"
      "needs,,,orders,,write,,\"pk=\"\"a\"\"\",0,4,peak_units,1600\r\n"
      "needs,,,orders,,write,,\"pk=\"\"a\"\"\",0,4,provisioned_units,1500\r\n"
      "needs,,,orders,,write,,\"pk=\"\"a\"\"\",0,4,provisioned_now,5000\r\n"
      "needs,,,orders,,write,,\"pk=\"\"a\"\"\",0,4,warm_units,0\r\n"
      "needs,,,orders,,write,,\"pk=\"\"a\"\"\",0,4,hottest_units,800\r\n"
      "needs,,,orders,,write,,\"pk=\"\"a\"\"\",0,4,shards,1\r\n"
      "needs,,,orders,,write,,\"pk=\"\"a\"\"\",0,4,partition_limit,1000\r\n"
      "lineage,,,orders,,,1,,0,2,first,0\r\n"
      "lineage,,,orders,,,1,,0,2,end,1\r\n"
      "lineage,,,orders,,,1,,0,2,parent,0\r\n"
      "lineage,,,orders,,,2,,2,2,first,0\r\n"
      "lineage,,,orders,,,2,,2,2,end,0.25\r\n"
      "lineage,,,orders,,,2,,2,2,parent,1\r\n"
      "lineage,,,orders,,,3,,2,2,first,0.25\r\n"
      "lineage,,,orders,,,3,,2,2,end,1\r\n"
      "lineage,,,orders,,,3,,2,2,parent,1\r\n"
      "split,,,orders,,,1,0.2500,2,0,heat,2\r\n"
      "units,,,orders,,write,,,0,1,offered_units,500\r\n"
      "units,,,orders,,write,,,0,1,consumed_units,500\r\n"
      "units,,,orders,,write,,,1,1,offered_units,1600\r\n"
      "units,,,orders,,write,,,1,1,consumed_units,1000\r\n"
      "units,,,orders,,write,,,1,1,throttled_units,600\r\n"
      "units,,,orders,,write,,,1,1,TableWriteKeyRangeThroughputExceeded,600\r\n"
      "units,,,orders,,write,,,2,1,offered_units,1500\r\n"
      "units,,,orders,,write,,,2,1,consumed_units,1500\r\n"
      "units,,,orders,,write,,,3,1,offered_units,250\r\n"
      "units,,,orders,,write,,,3,1,consumed_units,250\r\n"
      "partition,,,orders,,write,1,,0,1,consumed_units,500\r\n"
      "partition,,,orders,,write,1,,1,1,consumed_units,1000\r\n"
      "partition,,,orders,,write,1,,1,1,throttled_units,600\r\n"
      "partition,,,orders,,write,2,,2,1,consumed_units,750\r\n"
      "partition,,,orders,,write,2,,3,1,consumed_units,250\r\n"
      "partition,,,orders,,write,3,,2,1,consumed_units,750\r\n");
}

TEST(CsvReport, HotKeysCarryTheirError) {
  EXPECT_THAT(
      csv_of(sample_report()),
      AllOf(HasSubstr("hot_key,,,orders,,,,\"pk=\"\"a\"\"\",0,4,used_collection_units,2000"),
            HasSubstr(",used_collection_units_error,10\r\n"),
            HasSubstr(",throttled_collection_attempts,600\r\n")));
}

TEST(CsvReport, QuotesAsRfc4180Says) {
  SimulationReport report = sample_report();
  report.phases[0].name = "a,\"b\"\r\nc";
  EXPECT_THAT(csv_of(report), HasSubstr("load,\"a,\"\"b\"\"\r\nc\",put,"));
}

TEST(CsvReport, NothingIsAFormula) {
  for (const std::string start : {"=", "+", "-", "@", "\t", "\r", "\n"}) {
    SimulationReport report = sample_report();
    report.phases[0].loads[0].name = start + "1";
    const std::string csv = csv_of(report);
    EXPECT_THAT(csv, AllOf(HasSubstr("'" + start + "1"), Not(HasSubstr("," + start)),
                           Not(HasSubstr("\"" + start + "1"))));
  }
}

TEST(CsvReport, TheLastSlotMayBeShorter) {
  SimulationReport report = sample_report();
  report.seconds = 3.5;
  EXPECT_THAT(csv_of(report), HasSubstr("requests,,,,,,,,3,0.5,requests,250\r\n"));
}

}  // namespace
}  // namespace stator
