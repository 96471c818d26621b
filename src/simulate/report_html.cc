#include "simulate/report_html.h"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

#include "base/time_text.h"
#include "simulate/figure_text.h"
#include "simulate/html_overview.h"
#include "simulate/html_resource.h"
#include "simulate/html_style.h"
#include "simulate/html_text.h"
#include "simulate/time_axis.h"

namespace stator {
namespace {

std::string name_of(const SimulationReport& report) {
  return report.title.empty() ? report.workload : report.title;
}

void append_head(const SimulationReport& report, std::string* out) {
  fmt::format_to(std::back_inserter(*out),
                 "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                 "<meta http-equiv=\"Content-Security-Policy\" "
                 "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                 "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n{}",
                 html_text(name_of(report)), kHtmlStyle, kHtmlPatterns);
}

void append_title(const SimulationReport& report, std::string* out) {
  std::string start;
  append_time_text(report.start, &start);
  fmt::format_to(std::back_inserter(*out),
                 "<header><h1>{}</h1>\n<p class=\"note\">{}: {} simulated from {}, seed {}</p>"
                 "</header>\n<main>\n",
                 html_text(name_of(report)), html_text(report.workload), clock_text(report.seconds),
                 start, report.seed);
}

}  // namespace

void write_html_report(const SimulationReport& report, std::string* out) {
  const TimeAxis axis(report);
  append_head(report, out);
  append_title(report, out);
  append_overview(report, axis, out);
  append_resources(report, axis, out);
  out->append("</main>\n</body>\n</html>\n");
}

}  // namespace stator
