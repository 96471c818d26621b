#include "api/metrics_text.h"

#include <gtest/gtest.h>

#include <array>

namespace stator {
namespace {

TEST(MetricsText, HasTheFormOfPrometheus) {
  std::string body;
  MetricsText text(&body);
  text.begin({.name = "a_total", .kind = MetricKind::counter, .help = "What it is."});
  constexpr std::array<MetricLabel, 2> kLabels = {{{"table_name", "t"}, {"le", "+Inf"}}};
  text.sample("", kLabels, 1.5);
  text.begin({.name = "b", .kind = MetricKind::histogram, .help = "H"});
  text.sample("_sum", {}, 100000);
  EXPECT_EQ(body,
            "# HELP a_total What it is.\n# TYPE a_total counter\n"
            "a_total{table_name=\"t\",le=\"+Inf\"} 1.5\n"
            "# HELP b H\n# TYPE b histogram\nb_sum 100000\n");
}

TEST(MetricsText, EscapesTheValuesOfLabels) {
  std::string body;
  MetricsText text(&body);
  text.begin({.name = "a", .kind = MetricKind::gauge, .help = "H"});
  const MetricLabel label{"l", "\"\\\n\xC3\xA9"};
  text.sample("", {&label, 1}, 0);
  EXPECT_EQ(body, "# HELP a H\n# TYPE a gauge\na{l=\"\\\"\\\\\\n\xC3\xA9\"} 0\n");
}

}  // namespace
}  // namespace stator
