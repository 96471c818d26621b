#include "simulate/html_resource.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <utility>

#include "simulate/figure_text.h"
#include "simulate/heat_cell.h"
#include "simulate/heat_map.h"
#include "simulate/hot_keys_shown.h"
#include "simulate/html_table.h"
#include "simulate/html_text.h"
#include "simulate/needs_text.h"
#include "simulate/partition_layout.h"
#include "simulate/report_html.h"
#include "simulate/time_chart.h"

namespace stator {
namespace {

// By ThrottleLimit.
constexpr std::array<std::string_view, kThrottleLimits> kLimitClasses = {"key-range", "provisioned",
                                                                         "maximum", "account"};

// One direction of a resource that has charts.
struct Drawn {
  const ResourceReport* resource = nullptr;
  Direction direction = Direction::read;

  const DirectionReport& used() const {
    return resource->directions[static_cast<std::size_t>(direction)];
  }
  bool operator==(const Drawn&) const = default;
};

bool comes_first(const Drawn& a, const Drawn& b) {
  return std::pair(a.used().total.throttle_count(), a.used().total.offered) >
         std::pair(b.used().total.throttle_count(), b.used().total.offered);
}

// The directions that were used, those that were throttled most first.
std::vector<Drawn> used_directions(const SimulationReport& report) {
  std::vector<Drawn> used;
  for (const ResourceReport& resource : report.resources) {
    for (std::size_t d = 0; d < kDirections; ++d) {
      const Drawn each = {.resource = &resource, .direction = static_cast<Direction>(d)};
      if (each.used().needs.verdict != NeedsVerdict::idle) used.push_back(each);
    }
  }
  std::stable_sort(used.begin(), used.end(), comes_first);
  return used;
}

ChartSeries units_series(const Drawn& drawn, const TimeAxis& axis, std::string name,
                         std::string_view css_class, double UnitSlot::*member) {
  ChartSeries series = {.name = std::move(name), .css_class = css_class, .values = {}};
  const std::vector<UnitSlot>& slots = drawn.used().slots;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    series.values.push_back(slots[i].*member / axis.slot_seconds(i));
  }
  return series;
}

ChartSeries refusal_series(const Drawn& drawn, const TimeAxis& axis, ThrottleLimit limit) {
  const auto place = static_cast<std::size_t>(limit);
  const ThrottleReason reason = {
      .resource = drawn.resource->kind, .direction = drawn.direction, .limit = limit};
  ChartSeries series = {
      .name = std::string(reason.name()), .css_class = kLimitClasses[place], .values = {}};
  const std::vector<UnitSlot>& slots = drawn.used().slots;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    series.values.push_back(static_cast<double>(slots[i].throttles[place]) / axis.slot_seconds(i));
  }
  return series;
}

void append_units(const Drawn& drawn, const TimeAxis& axis, std::string* out) {
  const UnitSlot& total = drawn.used().total;
  fmt::format_to(std::back_inserter(*out), "<figure><h3>{}: {} over time</h3>\n",
                 html_text(drawn.resource->name()), plural_of(drawn.direction));
  TimeChart chart = {
      .description = fmt::format(
          "{} of {} over time: {} units offered, {} consumed, {} attempts throttled",
          plural_of(drawn.direction), drawn.resource->name(), amount_text(total.offered),
          amount_text(total.consumed), count_text(total.throttle_count())),
      .unit = "units a second",
      .asked = units_series(drawn, axis, "offered", "asked", &UnitSlot::offered),
      .served = units_series(drawn, axis, "consumed", "served", &UnitSlot::consumed),
      .refused_unit = "attempts/s",
      .refused = {}};
  for (std::size_t limit = 0; limit < kThrottleLimits; ++limit) {
    if (total.throttles[limit] == 0) continue;
    chart.refused.push_back(refusal_series(drawn, axis, static_cast<ThrottleLimit>(limit)));
  }
  append_time_chart(chart, axis, out);
  out->append("</figure>\n");
}

void append_heat(const Drawn& drawn, const PartitionLayout& layout, const TimeAxis& axis,
                 std::string* out) {
  fmt::format_to(std::back_inserter(*out), "<figure><h3>{}: {} of the partitions over time</h3>\n",
                 html_text(drawn.resource->name()), plural_of(drawn.direction));
  append_heat_map({.resource = *drawn.resource, .direction = drawn.direction, .layout = layout},
                  axis, out);
  out->append("</figure>\n");
}

void append_left_out(const PartitionLayout& layout, std::string* out) {
  if (layout.left_out == 0) return;
  fmt::format_to(std::back_inserter(*out),
                 "<p class=\"note\">The {} partitions that were used least are left out here; the "
                 "CSV report has them.</p>\n",
                 count_text(layout.left_out));
}

std::string lives_text(const PartitionReport& partition) {
  if (!partition.ended) return fmt::format("{} on", clock_text(partition.born));
  return fmt::format("{} to {}, {}", clock_text(partition.born), clock_text(*partition.ended),
                     name_of(partition.ended_by));
}

// One direction of a partition: "1,234 (99.5%), throttled 12".
std::string use_text(const PartitionReport& partition, Direction direction, const TimeAxis& axis) {
  const auto d = static_cast<std::size_t>(direction);
  double consumed = 0;
  double throttled = 0;
  for (const PartitionSlot& slot : partition.slots) {
    consumed += slot.consumed[d];
    throttled += slot.throttled[d];
  }
  std::string text = amount_text(consumed);
  if (consumed > 0) {
    text += fmt::format(" ({})", percent_text(busiest_share(partition, direction, axis)));
  }
  if (throttled > 0) text += fmt::format(", throttled {}", amount_text(throttled));
  return text;
}

void append_partitions(const PartitionLayout& layout, const TimeAxis& axis, std::string* out) {
  out->append("<details><summary>Figures of the partitions</summary>\n");
  HtmlTable table({.caption = "Units served (at most of the limit), and throttled by it",
                   .columns = {{"Partition", HtmlCell::figure},
                               {"Of", HtmlCell::figure},
                               {"Hash space"},
                               {"From key", HtmlCell::code},
                               {"There"},
                               {"Read units", HtmlCell::figure},
                               {"Write units", HtmlCell::figure}}},
                  out);
  for (const PartitionSpan& span : layout.spans) {
    const PartitionReport& each = *span.partition;
    table.row({std::to_string(each.id), each.parent == 0 ? "" : std::to_string(each.parent),
               fmt::format("{:.4f} to {:.4f}", each.first, each.end), each.first_key,
               lives_text(each), use_text(each, Direction::read, axis),
               use_text(each, Direction::write, axis)});
  }
  table.end();
  out->append("</details>\n");
}

void append_splits(const ResourceReport& resource, std::string* out) {
  if (resource.splits.empty()) return;
  HtmlTable table(
      {.caption = "Splits",
       .columns =
           {{"At"}, {"Partition", HtmlCell::figure}, {"Into"}, {"For"}, {"Where", HtmlCell::code}}},
      out);
  for (const SplitReport& split : resource.splits) {
    table.row({clock_text(split.second), std::to_string(split.parent),
               fmt::format("{} and {}", split.children[0], split.children[1]),
               std::string(name_of(split.cause)), split.at});
  }
  table.end();
}

void append_hot_keys(std::string_view caption, std::string_view unit,
                     const std::vector<HotKeyReport>& keys, std::string* out) {
  if (keys.empty()) return;
  const std::vector<HotKeyReport> hot = hot_of(keys);
  if (hot.empty()) {
    fmt::format_to(std::back_inserter(*out), "<p class=\"note\">{}: none stands out.</p>\n",
                   caption);
    return;
  }
  HtmlTable table({.caption = caption,
                   .columns = {{"Key", HtmlCell::code},
                               {unit, HtmlCell::figure},
                               {"Share", HtmlCell::figure},
                               {"At most less by", HtmlCell::figure}}},
                  out);
  for (const HotKeyReport& key : hot) {
    table.row({key.key, amount_text(key.amount), percent_text(key.share), amount_text(key.error)});
  }
  table.end();
}

void append_tables(const ResourceReport& resource, const PartitionLayout& layout,
                   const TimeAxis& axis, std::string* out) {
  append_left_out(layout, out);
  append_partitions(layout, axis, out);
  append_splits(resource, out);
  const HotKeysReport& keys = resource.hot_keys;
  append_hot_keys("Most used item collections", "Units", keys.used_collections, out);
  append_hot_keys("Most used items", "Units", keys.used_items, out);
  append_hot_keys("Most throttled item collections", "Attempts", keys.throttled_collections, out);
  append_hot_keys("Most throttled items", "Attempts", keys.throttled_items, out);
}

// All of a resource, where it has a chart.
void append_resource(const ResourceReport& resource, const std::vector<Drawn>& drawn,
                     const TimeAxis& axis, std::string* out) {
  const auto is_its = [&resource](const Drawn& each) { return each.resource == &resource; };
  if (std::none_of(drawn.begin(), drawn.end(), is_its)) return;
  const PartitionLayout layout = layout_of(resource.partitions, kHeatRowsMost);
  fmt::format_to(std::back_inserter(*out), "<section><h2>{} {}</h2>\n",
                 resource.kind == ResourceKind::table ? "Table" : "Index",
                 html_text(resource.name()));
  for (const Direction direction : {Direction::read, Direction::write}) {
    const Drawn each = {.resource = &resource, .direction = direction};
    if (std::find(drawn.begin(), drawn.end(), each) == drawn.end()) continue;
    append_units(each, axis, out);
    append_heat(each, layout, axis, out);
  }
  append_tables(resource, layout, axis, out);
  out->append("</section>\n");
}

}  // namespace

void append_resources(const SimulationReport& report, const TimeAxis& axis, std::string* out) {
  std::vector<Drawn> drawn = used_directions(report);
  const std::size_t used = drawn.size();
  drawn.resize(std::min(used, kChartsMost));
  for (const ResourceReport& resource : report.resources) {
    append_resource(resource, drawn, axis, out);
  }
  if (used == drawn.size()) return;
  fmt::format_to(std::back_inserter(*out),
                 "<p class=\"note\">Charts of {} more directions of tables and indexes, which were "
                 "throttled least, are left out; the CSV report has their figures.</p>\n",
                 used - drawn.size());
}

}  // namespace stator
