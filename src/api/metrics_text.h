// Metrics in Prometheus's text exposition format 0.0.4.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace stator {

struct MetricLabel {
  std::string_view name;
  std::string_view value;
};

enum class MetricKind { counter, gauge, histogram };

struct MetricFamily {
  std::string_view name;
  MetricKind kind = MetricKind::counter;
  std::string_view help;  // one line
};

// Appends to a string that outlives it. Never fails.
//   MetricsText text(&body); text.begin(family); text.sample("", labels, 3);
class MetricsText {
 public:
  explicit MetricsText(std::string* out) : out_(*out) {}
  MetricsText(const MetricsText&) = delete;
  MetricsText& operator=(const MetricsText&) = delete;

  // Starts a family, whose samples follow; every one of its samples, for there is no other place.
  void begin(const MetricFamily& family);

  //   suffix  behind the family's name: "_sum"; mostly empty
  void sample(std::string_view suffix, std::span<const MetricLabel> labels, double value);

 private:
  void append_value(std::string_view value);

  std::string& out_;
  std::string_view family_;
};

}  // namespace stator
