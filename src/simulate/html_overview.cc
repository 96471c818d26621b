#include "simulate/html_overview.h"

#include <fmt/format.h>

#include <iterator>
#include <string_view>
#include <utility>

#include "simulate/figure_text.h"
#include "simulate/html_table.h"
#include "simulate/html_text.h"
#include "simulate/needs_text.h"
#include "simulate/time_chart.h"

namespace stator {
namespace {

std::string share_text(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return count_text(part);
  const double share = static_cast<double>(part) / static_cast<double>(whole);
  return fmt::format("{} ({})", count_text(part), percent_text(share));
}

std::string wait_text(double ms) {
  return fmt::format("{} ms", amount_text(ms));
}

void append_figures(const SimulationReport& report, std::string* out) {
  const RequestCounts& total = report.total;
  const std::pair<std::string_view, std::string> figures[] = {
      {"requests", count_text(total.requests)},
      {"succeeded", share_text(total.succeeded, total.requests)},
      {"given up", share_text(total.given_up, total.requests)},
      {"unfinished at the end", count_text(total.unfinished())},
      {"throttled attempts", count_text(total.throttled)},
      {"retries", count_text(total.retries)}};
  out->append("<dl class=\"figures\">\n");
  for (const auto& [name, figure] : figures) {
    fmt::format_to(std::back_inserter(*out), "<div><dt>{}</dt><dd>{}</dd></div>\n", name,
                   html_text(figure));
  }
  out->append("</dl>\n");
}

void append_needs(const SimulationReport& report, std::string* out) {
  out->append("<h2>What the same load needs to run without throttling</h2>\n");
  HtmlTable table({.caption = "Units a second that were asked for, and what it takes",
                   .columns = {{"Table or index"},
                               {"Direction"},
                               {"Mean", HtmlCell::figure},
                               {"Busiest second", HtmlCell::figure},
                               {"Throttled attempts", HtmlCell::figure},
                               {"Verdict"},
                               {"What it takes", HtmlCell::prose}}},
                  out);
  for (const ResourceReport& resource : report.resources) {
    for (std::size_t d = 0; d < kDirections; ++d) {
      const DirectionReport& used = resource.directions[d];
      if (used.needs.verdict == NeedsVerdict::idle) continue;
      table.row({resource.name(), std::string(plural_of(static_cast<Direction>(d))),
                 amount_text(used.needs.mean_units), amount_text(used.needs.peak_units),
                 count_text(used.total.throttle_count()),
                 std::string(verdict_text(used.needs.verdict)), needs_text(used.needs)});
    }
  }
  table.end();
}

ChartSeries request_series(const SimulationReport& report, const TimeAxis& axis, std::string name,
                           std::string_view css_class, std::uint64_t RequestCounts::*member) {
  ChartSeries series = {.name = std::move(name), .css_class = css_class, .values = {}};
  for (std::size_t i = 0; i < report.request_slots.size(); ++i) {
    series.values.push_back(static_cast<double>(report.request_slots[i].*member) /
                            axis.slot_seconds(i));
  }
  return series;
}

void append_request_chart(const SimulationReport& report, const TimeAxis& axis, std::string* out) {
  if (report.total.requests == 0) return;
  out->append("<figure><h3>Requests over time</h3>\n");
  TimeChart chart = {
      .description =
          fmt::format("Requests a second over time: {} begun, {} succeeded, {} given up",
                      count_text(report.total.requests), count_text(report.total.succeeded),
                      count_text(report.total.given_up)),
      .unit = "requests a second",
      .asked = request_series(report, axis, "begun", "asked", &RequestCounts::requests),
      .served = request_series(report, axis, "succeeded", "served", &RequestCounts::succeeded),
      .refused_unit = "requests/s",
      .refused = {}};
  if (report.total.given_up > 0) {
    chart.refused.push_back(
        request_series(report, axis, "given up", "key-range", &RequestCounts::given_up));
  }
  append_time_chart(chart, axis, out);
  out->append("</figure>\n");
}

void append_loads(const SimulationReport& report, std::string* out) {
  HtmlTable table({.caption = "Requests of each load",
                   .columns = {{"Phase"},
                               {"From"},
                               {"Load"},
                               {"Begun", HtmlCell::figure},
                               {"Succeeded", HtmlCell::figure},
                               {"Given up", HtmlCell::figure},
                               {"Throttled", HtmlCell::figure},
                               {"Retries", HtmlCell::figure},
                               {"Mean wait", HtmlCell::figure},
                               {"p99 wait", HtmlCell::figure}}},
                  out);
  for (const PhaseReport& phase : report.phases) {
    const std::string start = clock_text(phase.start);
    if (phase.loads.empty()) {
      table.row({phase.name, start, "none", "", "", "", "", "", "", ""});
    }
    for (const LoadReport& load : phase.loads) {
      table.row({phase.name, start, load.name, count_text(load.total.requests),
                 count_text(load.total.succeeded), count_text(load.total.given_up),
                 count_text(load.total.throttled), count_text(load.total.retries),
                 wait_text(load.wait.mean_ms), wait_text(load.wait.p99_ms)});
    }
  }
  table.end();
}

void append_units(const SimulationReport& report, std::string* out) {
  HtmlTable table({.caption = "Units a second of each table and index",
                   .columns = {{"Phase"},
                               {"Table or index"},
                               {"Direction"},
                               {"Offered", HtmlCell::figure},
                               {"Consumed", HtmlCell::figure},
                               {"Throttled", HtmlCell::figure},
                               {"Busiest second", HtmlCell::figure},
                               {"Partitions", HtmlCell::figure}}},
                  out);
  for (const PhaseReport& phase : report.phases) {
    for (const PhaseResource& used : phase.resources) {
      for (std::size_t d = 0; d < kDirections; ++d) {
        if (used.offered[d] == 0 && used.throttled[d] == 0) continue;
        table.row({phase.name, report.resources[used.resource].name(),
                   std::string(plural_of(static_cast<Direction>(d))), amount_text(used.offered[d]),
                   amount_text(used.consumed[d]), amount_text(used.throttled[d]),
                   amount_text(used.peak_consumed[d]), std::to_string(used.partitions)});
      }
    }
  }
  table.end();
}

void append_changes(const SimulationReport& report, std::string* out) {
  bool has_changes = false;
  for (const PhaseReport& phase : report.phases) has_changes |= !phase.changes.empty();
  if (!has_changes) return;
  HtmlTable table(
      {.caption = "Changes of settings", .columns = {{"Phase"}, {"UpdateTable", HtmlCell::code}}},
      out);
  for (const PhaseReport& phase : report.phases) {
    for (const std::string& change : phase.changes) table.row({phase.name, change});
  }
  table.end();
}

}  // namespace

void append_overview(const SimulationReport& report, const TimeAxis& axis, std::string* out) {
  append_figures(report, out);
  append_request_chart(report, axis, out);
  append_needs(report, out);
  out->append("<h2>Phases</h2>\n");
  append_loads(report, out);
  append_units(report, out);
  append_changes(report, out);
}

}  // namespace stator
