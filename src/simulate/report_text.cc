#include "simulate/report_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "base/printable_text.h"
#include "base/time_text.h"
#include "base/utf8.h"
#include "simulate/figure_text.h"
#include "simulate/hot_keys_shown.h"
#include "simulate/needs_text.h"

namespace stator {
namespace {

constexpr std::size_t kSplitsShown = 20;
constexpr std::size_t kHotKeysShown = 5;
constexpr std::size_t kHotKeyCharacters = 56;

template <class... Arguments>
void append_line(std::string* out, fmt::format_string<Arguments...> format,
                 Arguments&&... arguments) {
  fmt::format_to(std::back_inserter(*out), format, std::forward<Arguments>(arguments)...);
  out->resize(out->find_last_not_of(' ') + 1);
  out->push_back('\n');
}

// Lines of whole words, indented by two.
void append_paragraph(std::string_view text, std::string* out) {
  std::string line = " ";
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    if (utf8_characters(line) + 1 + utf8_characters(word) > kTextReportColumns) {
      append_line(out, "{}", line);
      line = " ";
    }
    line.append(" ").append(word);
    text.remove_prefix(std::min(text.size(), word.size() + 1));
  }
  append_line(out, "{}", line);
}

std::string time_text(TimePoint time) {
  std::string text;
  append_time_text(time, &text);
  return text;
}

std::string wait_text(double ms) {
  return ms < 1000 ? amount_text(ms) + " ms" : fmt::format("{:.1f} s", ms / 1000);
}

void append_head(const SimulationReport& report, std::string* out) {
  append_line(out, "{}", clipped(report.workload, kTextReportColumns));
  if (!report.title.empty()) append_line(out, "{}", clipped(report.title, kTextReportColumns));
  append_line(out, "{} simulated from {}, seed {}", clock_text(report.seconds),
              time_text(report.start), report.seed);
}

// One line of the table of requests.
void append_requests(std::string_view phase, std::string_view load, const RequestCounts& counts,
                     std::string_view wait, std::string* out) {
  append_line(out, "{:<15} {:<15}{:>12}{:>12}{:>12}{:>12}{:>12} {:>8}", clipped(phase, 15),
              clipped(load, 15), count_text(counts.requests), count_text(counts.succeeded),
              count_text(counts.given_up), count_text(counts.throttled), count_text(counts.retries),
              wait);
}

void append_requests(const SimulationReport& report, std::string* out) {
  append_line(out, "\n{:<15} {:<15}{:>12}{:>12}{:>12}{:>12}{:>12} {:>8}", "REQUESTS", "load",
              "begun", "succeeded", "given up", "throttled", "retries", "p99 wait");
  for (const PhaseReport& phase : report.phases) {
    if (phase.loads.empty()) append_line(out, "{:<15} -", clipped(phase.name, 15));
    for (const LoadReport& load : phase.loads) {
      append_requests(phase.name, load.name, load.total, wait_text(load.wait.p99_ms), out);
    }
  }
  append_requests("all", "", report.total, "", out);
}

void append_units(const SimulationReport& report, const PhaseReport& phase,
                  const PhaseResource& resource, Direction direction, std::string* out) {
  const auto d = static_cast<std::size_t>(direction);
  if (resource.offered[d] == 0 && resource.throttled[d] == 0) return;
  append_line(out, "{:<15} {:<26} {:<6}{:>10}{:>10}{:>10}{:>10} {:>9}", clipped(phase.name, 15),
              clipped(report.resources[resource.resource].name(), 26), plural_of(direction),
              amount_text(resource.offered[d]), amount_text(resource.consumed[d]),
              amount_text(resource.throttled[d]), amount_text(resource.peak_consumed[d]),
              resource.partitions);
}

void append_units(const SimulationReport& report, std::string* out) {
  append_line(out, "\n{:<15} {:<26} {:<6}{:>10}{:>10}{:>10}{:>10} {:>9}", "UNITS A SECOND",
              "table or index", "", "offered", "consumed", "throttled", "peak", "partitions");
  for (const PhaseReport& phase : report.phases) {
    for (const PhaseResource& resource : phase.resources) {
      append_units(report, phase, resource, Direction::read, out);
      append_units(report, phase, resource, Direction::write, out);
    }
  }
}

void append_changes(const SimulationReport& report, std::string* out) {
  const auto changes = [](const PhaseReport& phase) { return !phase.changes.empty(); };
  if (std::none_of(report.phases.begin(), report.phases.end(), changes)) return;
  append_line(out, "\nCHANGES OF SETTINGS");
  for (const PhaseReport& phase : report.phases) {
    for (const std::string& change : phase.changes) {
      append_line(out, "{:<15} {}", clipped(phase.name, 15), clipped(change, 84));
    }
  }
}

// What one direction was refused and why, and what would help.
void append_needs(const ResourceReport& resource, Direction direction, std::string* out) {
  const DirectionReport& used = resource.directions[static_cast<std::size_t>(direction)];
  if (used.needs.verdict == NeedsVerdict::idle) return;
  append_line(out, "\n{}, {}: {}", clipped(resource.name(), 70), plural_of(direction),
              verdict_text(used.needs.verdict));
  for (std::size_t limit = 0; limit < kThrottleLimits; ++limit) {
    if (used.total.throttles[limit] == 0) continue;
    const ThrottleReason reason = {.resource = resource.kind,
                                   .direction = direction,
                                   .limit = static_cast<ThrottleLimit>(limit)};
    append_line(out, "  {} attempts throttled: {}", count_text(used.total.throttles[limit]),
                reason.name());
  }
  append_paragraph(needs_text(used.needs), out);
}

void append_splits(const ResourceReport& resource, std::string* out) {
  if (resource.splits.empty()) return;
  append_line(out, "\n{}: splits", clipped(resource.name(), 70));
  for (std::size_t i = 0; i < std::min(kSplitsShown, resource.splits.size()); ++i) {
    const SplitReport& split = resource.splits[i];
    append_line(out, "  {:>8}  partition {} into {} and {}, {}, at {}", clock_text(split.second),
                split.parent, split.children[0], split.children[1], name_of(split.cause),
                clipped(split.at, 40));
  }
  if (resource.splits.size() > kSplitsShown) {
    append_line(out, "  and {} more", resource.splits.size() - kSplitsShown);
  }
}

void append_hot_keys(const ResourceReport& resource, std::string_view what, std::string_view unit,
                     const std::vector<HotKeyReport>& keys, std::string* out) {
  if (keys.empty()) return;
  const std::vector<HotKeyReport> hot = hot_of(keys);
  append_line(out, "\n{}: most {}{}", clipped(resource.name(), 60), what,
              hot.empty() ? ": none stands out" : "");
  if (hot.empty()) return;
  append_line(out, "  {:<56}{:>14}{:>8}{:>16}", "key", unit, "share", "at most less by");
  for (std::size_t i = 0; i < std::min(kHotKeysShown, hot.size()); ++i) {
    append_line(out, "  {:<56}{:>14}{:>8}{:>16}", clipped(hot[i].key, kHotKeyCharacters),
                amount_text(hot[i].amount), percent_text(hot[i].share), amount_text(hot[i].error));
  }
}

void append_hot_keys(const ResourceReport& resource, std::string* out) {
  const HotKeysReport& keys = resource.hot_keys;
  append_hot_keys(resource, "used collections", "units", keys.used_collections, out);
  append_hot_keys(resource, "used items", "units", keys.used_items, out);
  append_hot_keys(resource, "throttled collections", "attempts", keys.throttled_collections, out);
  append_hot_keys(resource, "throttled items", "attempts", keys.throttled_items, out);
}

}  // namespace

void write_text_report(const SimulationReport& report, std::string* out) {
  append_head(report, out);
  append_requests(report, out);
  append_units(report, out);
  append_changes(report, out);
  for (const ResourceReport& resource : report.resources) {
    append_needs(resource, Direction::read, out);
    append_needs(resource, Direction::write, out);
  }
  for (const ResourceReport& resource : report.resources) append_splits(resource, out);
  for (const ResourceReport& resource : report.resources) append_hot_keys(resource, out);
}

}  // namespace stator
