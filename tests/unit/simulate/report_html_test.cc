#include "simulate/report_html.h"

#include <gmock/gmock.h>

#include <array>

#include "sample_report.h"

namespace stator {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string html_of(const SimulationReport& report) {
  std::string html;
  write_html_report(report, &html);
  return html;
}

TEST(HtmlReport, HasTheFiguresOfTheRun) {
  EXPECT_THAT(html_of(sample_report()),
              AllOf(HasSubstr("<title>A rush</title>"), HasSubstr("<h1>A rush</h1>"),
                    HasSubstr("rush.json: 0:00:04 simulated from 1970-01-02T00:00:00.000Z, seed 7"),
                    HasSubstr("<dt>succeeded</dt><dd>3,250 (84.4%)</dd>"),
                    HasSubstr("<dt>given up</dt><dd>600 (15.6%)</dd>"),
                    HasSubstr("<td>spread the keys</td>"),
                    HasSubstr("pk=&quot;a&quot; with 800 a second shares one with others"),
                    HasSubstr("<td>2 and 3</td>")));
}

// The path of a look behind the first heading with some text.
std::string path_of(const std::string& html, std::string_view heading, std::string_view look) {
  const std::size_t figure = html.find(heading);
  const std::string start = "<path class=\"" + std::string(look) + "\" d=\"";
  const std::size_t at = html.find(start, figure) + start.size();
  return html.substr(at, html.find('"', at) - at);
}

TEST(HtmlReport, DrawsUnitsOverTime) {
  const std::string html = html_of(sample_report());
  // 200 a second from 132 on; 150 high for 2,000 units above 174, 70 for 600 attempts above 260.
  EXPECT_EQ(path_of(html, "orders: writes over time", "served"),
            "M132.0 174.0V136.5H332.0V99.0H532.0V61.5H732.0V155.2H932.0V174.0Z");
  EXPECT_EQ(path_of(html, "orders: writes over time", "asked"),
            "M132.0 136.5V136.5H332.0V54.0H532.0V61.5H732.0V155.2H932.0");
  EXPECT_EQ(path_of(html, "orders: writes over time", "key-range"),
            "M132.0 260.0V260.0H332.0V207.5H532.0V260.0H932.0V260.0Z");
  EXPECT_THAT(html, HasSubstr("0:00:01: offered 1,600, consumed 1,000, "
                              "TableWriteKeyRangeThroughputExceeded 600 a second"));
}

TEST(HtmlReport, TellsChartsToThoseWhoDoNotSeeThem) {
  EXPECT_THAT(html_of(sample_report()),
              AllOf(HasSubstr("role=\"img\" aria-label=\"writes of orders over time: 3,850 units "
                              "offered, 3,250 consumed, 600 attempts throttled\""),
                    HasSubstr("aria-label=\"writes of orders: 3 partitions over time, 1 splits")));
}

TEST(HtmlReport, StacksTheReasons) {
  SimulationReport report = sample_report();
  for (UnitSlot* slot :
       {&report.resources[0].directions[1].slots[1], &report.resources[0].directions[1].total}) {
    slot->throttles[static_cast<std::size_t>(ThrottleLimit::provisioned)] = 200;
  }
  const std::string html = html_of(report);
  EXPECT_THAT(html, HasSubstr("TableWriteProvisionedThroughputExceeded</li>"));
  // On top of the others: 800 of a scale of 800.
  EXPECT_THAT(path_of(html, "orders: writes over time", "provisioned"), HasSubstr("V190.0H532.0"));
  EXPECT_THAT(path_of(html, "orders: writes over time", "key-range"), HasSubstr("V207.5H532.0"));
}

TEST(HtmlReport, OfAnEmptyRunHasNoCharts) {
  SimulationReport report;
  report.workload = "empty.json";
  report.resources = {idle_index()};
  EXPECT_THAT(html_of(report), AllOf(HasSubstr("<h1>empty.json</h1>"), HasSubstr("</html>"),
                                     Not(HasSubstr("<figure>")), Not(HasSubstr("nan"))));
}

TEST(HtmlReport, RefersToNothingOutside) {
  const std::string html = html_of(sample_report());
  for (const char* const reference : {"http:", "https:", "//", " src=", " href=", "@import"}) {
    EXPECT_THAT(html, Not(HasSubstr(reference)));
  }
  EXPECT_THAT(html, HasSubstr("content=\"default-src 'none'; style-src 'unsafe-inline'\""));
}

TEST(HtmlReport, EscapesAllThatAWorkloadNames) {
  const std::string hostile = "</title></style><script>alert('1')</script>\"onload=\"x & \x1B";
  SimulationReport report = sample_report();
  report.workload = report.title = hostile;
  report.phases[0].name = report.phases[0].loads[0].name = hostile;
  report.phases[0].changes = {hostile};
  ResourceReport& resource = report.resources[0];
  resource.table = resource.index = resource.splits[0].at = hostile;
  resource.partitions[2].first_key = resource.directions[1].needs.hottest_key = hostile;
  for (std::vector<HotKeyReport>* keys :
       {&resource.hot_keys.used_collections, &resource.hot_keys.used_items,
        &resource.hot_keys.throttled_collections, &resource.hot_keys.throttled_items}) {
    *keys = {{.key = hostile, .amount = 5, .error = 0, .share = 1}};
  }
  const std::string html = html_of(report);
  EXPECT_THAT(html, AllOf(Not(HasSubstr("<script")), Not(HasSubstr("\"onload")),
                          Not(HasSubstr("\x1B")), Not(HasSubstr("x & "))));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(&#39;1&#39;)"));
}

TEST(HtmlReport, LeavesOutChartsOfWhatWasThrottledLeastAndSaysSo) {
  SimulationReport report = sample_report();
  for (std::size_t i = 1; i <= kChartsMost + 1; ++i) {
    report.resources.push_back(report.resources[0]);
    report.resources.back().table = "more" + std::to_string(i);
    report.resources.back().directions[1].total.throttles[0] = 600 + i;
  }
  EXPECT_THAT(html_of(report),
              AllOf(HasSubstr("Charts of 2 more directions"), Not(HasSubstr("<h2>Table orders")),
                    Not(HasSubstr("<h2>Table more1<")), HasSubstr("<h2>Table more2<")));
}

TEST(HtmlReport, LongTablesSayHowMuchIsLeftOut) {
  SimulationReport report = sample_report();
  std::vector<SplitReport>& splits = report.resources[0].splits;
  splits.resize(260, splits.front());
  EXPECT_THAT(html_of(report), HasSubstr("10 more rows are left out"));
}

}  // namespace
}  // namespace stator
