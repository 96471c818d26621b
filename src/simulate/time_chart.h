// Series over time: what was asked for as a line, what was served as an area, and below, on a scale
// of its own, what was refused as stacked columns.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "simulate/time_axis.h"

namespace stator {

// A figure a second for each slot.
struct ChartSeries {
  std::string name;
  std::string_view css_class;  // of the style sheet: says colour and pattern
  std::vector<double> values;

  double most() const;
};

struct TimeChart {
  std::string description;  // for those who do not see it
  std::string unit;         // of the upper scale, "write units a second"
  ChartSeries asked;
  ChartSeries served;
  std::string refused_unit;
  std::vector<ChartSeries> refused;  // may be empty: then there is no lower scale
};

// Appends the drawing and its legend.
void append_time_chart(const TimeChart& chart, const TimeAxis& axis, std::string* out);

}  // namespace stator
