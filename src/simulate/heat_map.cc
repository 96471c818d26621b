#include "simulate/heat_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "base/printable_text.h"
#include "capacity/limits.h"
#include "simulate/figure_text.h"
#include "simulate/heat_cell.h"
#include "simulate/html_text.h"
#include "simulate/needs_text.h"

namespace stator {
namespace {

constexpr double kTop = 24;
constexpr double kTimesHeight = 22;
constexpr double kLabelHeight = 11;
constexpr std::size_t kLabelCharacters = 20;
constexpr std::size_t kSplitsDrawn = 400;

double row_height(std::size_t rows) {
  if (rows <= 8) return 26;
  if (rows <= 24) return 16;
  if (rows <= 60) return 10;
  return 5;
}

// Where rows stand, in SVG's units.
struct Rows {
  double height = 0;

  explicit Rows(const PartitionLayout& layout) : height(row_height(layout.rows)) {}
  double y(std::size_t row) const { return kTop + static_cast<double>(row) * height; }
  ChartBand band(const PartitionSpan& span) const {
    return {.top = y(span.first_row), .bottom = y(span.first_row + span.rows)};
  }
};

// Rectangles of one look, as the path of one element.
class Boxes {
 public:
  void add(double left, double right, const ChartBand& band) {
    fmt::format_to(std::back_inserter(path_), "M{:.1f} {:.1f}H{:.1f}V{:.1f}H{:.1f}Z", left,
                   band.top, right, band.bottom, left);
  }
  void append(std::string_view css_class, std::string* out) const {
    if (path_.empty()) return;
    fmt::format_to(std::back_inserter(*out), "<path class=\"{}\" d=\"{}\"/>\n", css_class, path_);
  }

 private:
  std::string path_;
};

// Adds one box for neighbours that look the same.
class BoxRun {
 public:
  BoxRun(const ChartBand& band, const TimeAxis& axis) : band_(band), axis_(axis) {}

  //   boxes  null: nothing is to be seen here
  void extend(Boxes* boxes, double start, double end) {
    if (boxes != boxes_) {
      finish();
      boxes_ = boxes;
      start_ = start;
    }
    end_ = end;
  }
  void finish() {
    if (boxes_ != nullptr) boxes_->add(axis_.x(start_), axis_.x(end_), band_);
    boxes_ = nullptr;
  }

 private:
  ChartBand band_;
  const TimeAxis& axis_;
  Boxes* boxes_ = nullptr;
  double start_ = 0;
  double end_ = 0;
};

struct HeatBoxes {
  std::array<Boxes, kHeatLevels + 1> levels;
  Boxes throttled;
};

std::size_t slots_a_column(std::size_t slots) {
  return (slots + kHeatColumnsMost - 1) / kHeatColumnsMost;
}

// A bar along the lower edge: seen by its place as well as by its colour.
ChartBand throttle_band(const ChartBand& band) {
  return {.top = band.bottom - std::clamp(band.height() * 0.3, 1.5, 6.0), .bottom = band.bottom};
}

void add_cells(const HeatMap& map, const PartitionSpan& span, const TimeAxis& axis,
               HeatBoxes* boxes) {
  const PartitionReport& partition = *span.partition;
  const ChartBand band = Rows(map.layout).band(span);
  BoxRun heat(band, axis);
  BoxRun throttled(throttle_band(band), axis);
  const std::size_t slots = map.resource.directions[0].slots.size();
  const std::size_t step = slots_a_column(slots);
  for (std::size_t first = 0; first < slots; first += step) {
    const SlotRange range = {.first = first, .end = std::min(first + step, slots)};
    const HeatCell cell = heat_cell(partition, map.direction, range, axis);
    if (cell.end <= cell.start) continue;
    const std::size_t level = cell.level();
    heat.extend(level == 0 ? nullptr : &boxes->levels[level], cell.start, cell.end);
    throttled.extend(cell.is_throttled ? &boxes->throttled : nullptr, cell.start, cell.end);
  }
  heat.finish();
  throttled.finish();
}

std::string span_text(const HeatMap& map, const PartitionReport& partition, const TimeAxis& axis) {
  const auto d = static_cast<std::size_t>(map.direction);
  double consumed = 0;
  double throttled = 0;
  for (const PartitionSlot& slot : partition.slots) {
    consumed += slot.consumed[d];
    throttled += slot.throttled[d];
  }
  return fmt::format(
      "partition {}: {:.4f} to {:.4f} of the hash space{}{}, {} to {}, {} units served, at most {} "
      "of its limit, {} units throttled by it",
      partition.id, partition.first, partition.end, partition.first_key.empty() ? "" : ", from ",
      partition.first_key, clock_text(partition.born), clock_text(end_of(partition, axis)),
      amount_text(consumed), percent_text(busiest_share(partition, map.direction, axis)),
      amount_text(throttled));
}

void append_ground(const HeatMap& map, const PartitionSpan& span, const TimeAxis& axis,
                   std::string* out) {
  const ChartBand band = Rows(map.layout).band(span);
  const double left = axis.x(span.partition->born);
  fmt::format_to(std::back_inserter(*out),
                 "<rect class=\"ground\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" "
                 "height=\"{:.1f}\"><title>{}</title></rect>\n",
                 left, band.top, axis.x(end_of(*span.partition, axis)) - left, band.height(),
                 html_text(span_text(map, *span.partition, axis)));
}

// The number of a partition and where it begins, as far as rows are high enough.
void append_labels(const HeatMap& map, std::string* out) {
  const Rows rows(map.layout);
  double free_from = 0;
  for (const PartitionSpan& span : map.layout.spans) {
    if (span.partition->ended) continue;
    const double middle = rows.y(span.first_row) + rows.height / 2;
    if (middle - kLabelHeight / 2 < free_from) continue;
    free_from = middle + kLabelHeight / 2;
    const std::string start = span.partition->first_key.empty()
                                  ? fmt::format("{:.4f}", span.partition->first)
                                  : span.partition->first_key;
    fmt::format_to(
        std::back_inserter(*out), "<text class=\"end\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n",
        kChartLeft - 6, middle + 4,
        html_text(clipped(fmt::format("{}: {}", span.partition->id, start), kLabelCharacters)));
  }
}

// Each cause has a shape of its own.
std::string marker_path(PartitionEnd cause, double x, double y) {
  switch (cause) {
    case PartitionEnd::split_for_heat:
      return fmt::format("M{:.1f} {:.1f}l5 5l-5 5l-5 -5z", x, y - 5);
    case PartitionEnd::grown:
      return fmt::format("M{:.1f} {:.1f}a4 4 0 1 0 0 8a4 4 0 1 0 0 -8z", x, y - 4);
    case PartitionEnd::settings:
      break;
  }
  return fmt::format("M{:.1f} {:.1f}h7v7h-7z", x - 3.5, y - 3.5);
}

std::string split_text(const SplitReport& split) {
  return fmt::format("{}: partition {} splits into {} and {} ({}) at {}", clock_text(split.second),
                     split.parent, split.children[0], split.children[1], name_of(split.cause),
                     split.at);
}

// A line down through the parent, and a mark where its children part.
void append_split(const HeatMap& map, const SplitReport& split, const TimeAxis& axis,
                  std::string* out) {
  const PartitionSpan* const parent = map.layout.find(split.parent);
  if (parent == nullptr) return;
  const Rows rows(map.layout);
  const ChartBand band = rows.band(*parent);
  const PartitionSpan* const high = map.layout.find(split.children[1]);
  const double y = high == nullptr ? band.bottom : rows.y(high->first_row);
  const double x = axis.x(split.second);
  fmt::format_to(std::back_inserter(*out),
                 "<g><title>{}</title><path class=\"cut\" d=\"M{:.1f} {:.1f}V{:.1f}\"/>"
                 "<path class=\"mark\" d=\"{}\"/></g>\n",
                 html_text(split_text(split)), x, band.top, band.bottom,
                 marker_path(split.cause, x, y));
}

void append_swatch(std::string_view css_class, std::string_view path, std::string_view text,
                   std::string* out) {
  fmt::format_to(std::back_inserter(*out),
                 "<li><svg class=\"swatch\" viewBox=\"0 0 24 12\" aria-hidden=\"true\">"
                 "<path class=\"{}\" d=\"{}\"/></svg>{}</li>\n",
                 css_class, path, text);
}

void append_legend(const HeatMap& map, std::string* out) {
  const std::string_view unit = map.direction == Direction::read ? "read" : "write";
  fmt::format_to(
      std::back_inserter(*out),
      "<ul class=\"legend\"><li>share of a partition's {} {} units a second: 0</li>\n<li>",
      amount_text(partition_flow(map.direction).rate), unit);
  fmt::format_to(std::back_inserter(*out),
                 "<svg class=\"ramp\" viewBox=\"0 0 {} 12\" aria-hidden=\"true\">",
                 kHeatLevels * 14);
  for (std::size_t level = 1; level <= kHeatLevels; ++level) {
    fmt::format_to(std::back_inserter(*out), "<path class=\"heat{}\" d=\"M{} 0h14v12h-14z\"/>",
                   level, (level - 1) * 14);
  }
  out->append("</svg>all of it</li>\n");
  append_swatch("refusals", "M0 8H24V12H0Z",
                "throttled here: by the partition, or because a table on demand has not scaled yet",
                out);
  append_swatch("mark", marker_path(PartitionEnd::split_for_heat, 12, 6), "split for heat", out);
  append_swatch("mark", marker_path(PartitionEnd::grown, 12, 6), "split for growth", out);
  append_swatch("mark", marker_path(PartitionEnd::settings, 12, 6), "split by new settings", out);
  out->append("</ul>\n");
}

std::string description_of(const HeatMap& map) {
  return fmt::format(
      "{} of {}: {} partitions over time, {} splits; the tables below have the figures",
      plural_of(map.direction), map.resource.name(), map.layout.spans.size(),
      map.resource.splits.size());
}

}  // namespace

void append_heat_map(const HeatMap& map, const TimeAxis& axis, std::string* out) {
  const ChartBand whole = {.top = kTop, .bottom = Rows(map.layout).y(map.layout.rows)};
  append_chart_start(description_of(map), whole.bottom + kTimesHeight, out);
  HeatBoxes boxes;
  for (const PartitionSpan& span : map.layout.spans) {
    append_ground(map, span, axis, out);
    add_cells(map, span, axis, &boxes);
  }
  for (std::size_t level = 1; level <= kHeatLevels; ++level) {
    boxes.levels[level].append(fmt::format("heat{}", level), out);
  }
  boxes.throttled.append("refusals", out);
  axis.append_phases(whole, out);
  const std::size_t splits = std::min(kSplitsDrawn, map.resource.splits.size());
  for (std::size_t i = 0; i < splits; ++i) append_split(map, map.resource.splits[i], axis, out);
  append_labels(map, out);
  axis.append_times(whole, out);
  out->append("</svg></div>\n");
  append_legend(map, out);
}

}  // namespace stator
