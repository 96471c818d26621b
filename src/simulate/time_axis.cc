#include "simulate/time_axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "base/printable_text.h"
#include "simulate/figure_text.h"
#include "simulate/html_text.h"

namespace stator {
namespace {

constexpr double kCharacterWidth = 6.2;  // of labels, about
constexpr double kNamedWidth = 40;       // phases that are narrower have no room for a name
constexpr double kTicksMost = 10;
constexpr std::array<double, 18> kTickSeconds = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400};

double tick_seconds(double seconds) {
  for (const double step : kTickSeconds) {
    if (seconds / step <= kTicksMost) return step;
  }
  return kTickSeconds.back() * std::ceil(seconds / kTickSeconds.back() / kTicksMost);
}

}  // namespace

double TimeAxis::x(double second) const {
  const double share = report_.seconds > 0 ? second / report_.seconds : 0;
  return kChartLeft + std::clamp(share, 0.0, 1.0) * (kChartRight - kChartLeft);
}

double TimeAxis::slot_start(std::size_t slot) const {
  return static_cast<double>(slot) * static_cast<double>(report_.slot_seconds);
}

double TimeAxis::slot_seconds(std::size_t slot) const {
  return std::min(static_cast<double>(report_.slot_seconds), report_.seconds - slot_start(slot));
}

void TimeAxis::append_phases(const ChartBand& band, std::string* out) const {
  for (const PhaseReport& phase : report_.phases) {
    const double left = x(phase.start);
    const double width = x(phase.start + phase.seconds) - left;
    fmt::format_to(std::back_inserter(*out),
                   "<path class=\"phase\" d=\"M{:.1f} {:.1f}V{:.1f}\"/>\n", left, band.top - 14,
                   band.bottom);
    if (width < kNamedWidth) continue;
    const auto room = static_cast<std::size_t>((width - 8) / kCharacterWidth);
    fmt::format_to(std::back_inserter(*out), "<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n",
                   left + 4, band.top - 5, html_text(clipped(phase.name, room)));
  }
}

void TimeAxis::append_times(const ChartBand& band, std::string* out) const {
  const double step = tick_seconds(report_.seconds);
  for (double second = 0; second <= report_.seconds; second += step) {
    fmt::format_to(std::back_inserter(*out),
                   "<path class=\"axis\" d=\"M{0:.1f} {1:.1f}v4\"/>"
                   "<text class=\"middle\" x=\"{0:.1f}\" y=\"{2:.1f}\">{3}</text>\n",
                   x(second), band.bottom, band.bottom + 15, clock_text(second));
  }
}

void append_chart_start(std::string_view description, double height, std::string* out) {
  fmt::format_to(std::back_inserter(*out),
                 "<div class=\"wide\"><svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">\n",
                 kChartWidth, height, html_text(description));
}

}  // namespace stator
