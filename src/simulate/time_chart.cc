#include "simulate/time_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "simulate/figure_text.h"
#include "simulate/html_text.h"

namespace stator {
namespace {

constexpr ChartBand kUpper = {.top = 24, .bottom = 174};
constexpr ChartBand kLower = {.top = 190, .bottom = 260};
constexpr double kTimesHeight = 22;
constexpr std::size_t kTipsMost = 120;  // places that say their figures when pointed at

// A round figure that is not below `most`.
double round_scale(double most) {
  if (most <= 0) return 1;
  const double power = std::pow(10, std::floor(std::log10(most)));
  for (const double factor : {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 8.0}) {
    if (most <= factor * power) return factor * power;
  }
  return 10 * power;
}

// From values to heights in a band.
struct Scale {
  ChartBand band;
  double top = 1;

  double y(double value) const {
    return band.bottom - std::clamp(value / top, 0.0, 1.0) * band.height();
  }
};

void append_scale(const Scale& scale, std::string_view unit, std::string* out) {
  for (const double part : {0.0, 0.5, 1.0}) {
    const double y = scale.y(scale.top * part);
    fmt::format_to(std::back_inserter(*out),
                   "<path class=\"grid\" d=\"M{:.1f} {:.1f}H{:.1f}\"/>"
                   "<text class=\"end\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n",
                   kChartLeft, y, kChartRight, kChartLeft - 6, y + 4,
                   amount_text(scale.top * part));
  }
  const double middle = (scale.band.top + scale.band.bottom) / 2;
  fmt::format_to(
      std::back_inserter(*out),
      "<text class=\"middle\" transform=\"translate(70 {:.1f}) rotate(-90)\">{}</text>\n", middle,
      html_text(unit));
}

// Steps from slot to slot: a value holds for all of its slot. From where the pen is.
void append_steps(const std::vector<double>& values, const Scale& scale, const TimeAxis& axis,
                  std::string* out) {
  for (std::size_t i = 0; i < values.size();) {
    std::size_t next = i + 1;
    while (next < values.size() && values[next] == values[i]) ++next;
    fmt::format_to(std::back_inserter(*out), "V{:.1f}H{:.1f}", scale.y(values[i]),
                   axis.x(axis.slot_start(next)));
    i = next;
  }
}

void append_area(const ChartSeries& series, const Scale& scale, const TimeAxis& axis,
                 std::string* out) {
  fmt::format_to(std::back_inserter(*out), "<path class=\"{}\" d=\"M{:.1f} {:.1f}",
                 series.css_class, kChartLeft, scale.band.bottom);
  append_steps(series.values, scale, axis, out);
  fmt::format_to(std::back_inserter(*out), "V{:.1f}Z\"/>\n", scale.band.bottom);
}

void append_outline(const ChartSeries& series, const Scale& scale, const TimeAxis& axis,
                    std::string* out) {
  if (series.values.empty()) return;
  fmt::format_to(std::back_inserter(*out), "<path class=\"{}\" d=\"M{:.1f} {:.1f}",
                 series.css_class, kChartLeft, scale.y(series.values.front()));
  append_steps(series.values, scale, axis, out);
  out->append("\"/>\n");
}

// Each series on top of those before it: drawn from the last, which reaches highest.
void append_stack(const std::vector<ChartSeries>& stack, const Scale& scale, const TimeAxis& axis,
                  std::string* out) {
  std::vector<ChartSeries> sums;
  for (const ChartSeries& series : stack) {
    sums.push_back(series);
    if (sums.size() == 1) continue;
    const std::vector<double>& below = sums[sums.size() - 2].values;
    for (std::size_t i = 0; i < below.size(); ++i) sums.back().values[i] += below[i];
  }
  for (auto sum = sums.rbegin(); sum != sums.rend(); ++sum) append_area(*sum, scale, axis, out);
}

double stacked_most(const std::vector<ChartSeries>& stack) {
  double most = 0;
  for (std::size_t i = 0; i < stack.front().values.size(); ++i) {
    double sum = 0;
    for (const ChartSeries& series : stack) sum += series.values[i];
    most = std::max(most, sum);
  }
  return most;
}

struct SlotRange {
  std::size_t first = 0;
  std::size_t end = 0;
};

double mean_of(const ChartSeries& series, const SlotRange& range) {
  double sum = 0;
  for (std::size_t i = range.first; i < range.end; ++i) sum += series.values[i];
  return sum / static_cast<double>(range.end - range.first);
}

std::string tip_text(const TimeChart& chart, const TimeAxis& axis, const SlotRange& range) {
  std::string tip = fmt::format("{}: {} {}, {} {}", clock_text(axis.slot_start(range.first)),
                                chart.asked.name, amount_text(mean_of(chart.asked, range)),
                                chart.served.name, amount_text(mean_of(chart.served, range)));
  for (const ChartSeries& series : chart.refused) {
    const double mean = mean_of(series, range);
    if (mean > 0) tip += fmt::format(", {} {}", series.name, amount_text(mean));
  }
  return tip + " a second";
}

void append_tips(const TimeChart& chart, const TimeAxis& axis, double bottom, std::string* out) {
  const std::size_t slots = chart.asked.values.size();
  const std::size_t step = (slots + kTipsMost - 1) / kTipsMost;
  for (std::size_t first = 0; first < slots; first += step) {
    const SlotRange range = {.first = first, .end = std::min(first + step, slots)};
    const double left = axis.x(axis.slot_start(range.first));
    fmt::format_to(std::back_inserter(*out),
                   "<rect class=\"tip\" x=\"{:.1f}\" y=\"{}\" width=\"{:.1f}\" height=\"{}\">"
                   "<title>{}</title></rect>\n",
                   left, kUpper.top, axis.x(axis.slot_start(range.end)) - left, bottom - kUpper.top,
                   html_text(tip_text(chart, axis, range)));
  }
}

void append_legend_entry(const ChartSeries& series, std::string* out) {
  fmt::format_to(std::back_inserter(*out),
                 "<li><svg class=\"swatch\" viewBox=\"0 0 24 12\" aria-hidden=\"true\">"
                 "<path class=\"{}\" d=\"M1 {}H23{}\"/></svg>{}</li>\n",
                 series.css_class, series.css_class == "asked" ? 6 : 1,
                 series.css_class == "asked" ? "" : "V11H1Z", html_text(series.name));
}

void append_legend(const TimeChart& chart, std::string* out) {
  out->append("<ul class=\"legend\">\n");
  append_legend_entry(chart.asked, out);
  append_legend_entry(chart.served, out);
  for (const ChartSeries& series : chart.refused) append_legend_entry(series, out);
  out->append("</ul>\n");
}

}  // namespace

double ChartSeries::most() const {
  return values.empty() ? 0 : *std::max_element(values.begin(), values.end());
}

void append_time_chart(const TimeChart& chart, const TimeAxis& axis, std::string* out) {
  const ChartBand whole = {.top = kUpper.top,
                           .bottom = chart.refused.empty() ? kUpper.bottom : kLower.bottom};
  append_chart_start(chart.description, whole.bottom + kTimesHeight, out);
  const Scale upper = {.band = kUpper,
                       .top = round_scale(std::max(chart.asked.most(), chart.served.most()))};
  append_area(chart.served, upper, axis, out);
  append_scale(upper, chart.unit, out);
  append_outline(chart.asked, upper, axis, out);
  if (!chart.refused.empty()) {
    const Scale lower = {.band = kLower, .top = round_scale(stacked_most(chart.refused))};
    append_stack(chart.refused, lower, axis, out);
    append_scale(lower, chart.refused_unit, out);
  }
  axis.append_phases(whole, out);
  axis.append_times(whole, out);
  append_tips(chart, axis, whole.bottom, out);
  out->append("</svg></div>\n");
  append_legend(chart, out);
}

}  // namespace stator
