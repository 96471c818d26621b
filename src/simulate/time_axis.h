// The horizontal axis that all charts of a report share, so that what stands above each other
// happened at the same time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "simulate/report_data.h"

namespace stator {

// The drawing that all charts fill, in SVG's units.
inline constexpr double kChartWidth = 960;
inline constexpr double kChartLeft = 132;  // room for labels of the rows
inline constexpr double kChartRight = kChartWidth - 28;

// From top to bottom, in SVG's units.
struct ChartBand {
  double top = 0;
  double bottom = 0;
  double height() const { return bottom - top; }
};

// A value; refers to the report.
class TimeAxis {
 public:
  explicit TimeAxis(const SimulationReport& report) : report_(report) {}

  double x(double second) const;
  double slot_start(std::size_t slot) const;    // in seconds
  double slot_seconds(std::size_t slot) const;  // the last one may be shorter
  double seconds() const { return report_.seconds; }

  // Names of the phases above a band, and a line down where each begins.
  void append_phases(const ChartBand& band, std::string* out) const;
  // Ticks and times below it.
  void append_times(const ChartBand& band, std::string* out) const;

 private:
  const SimulationReport& report_;
};

// An <svg> that says what it shows to those who do not see it.
void append_chart_start(std::string_view description, double height, std::string* out);

}  // namespace stator
