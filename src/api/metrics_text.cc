#include "api/metrics_text.h"

#include <array>

#include "base/real_text.h"

namespace stator {
namespace {

constexpr std::array<std::string_view, 3> kKindNames = {"counter", "gauge", "histogram"};

}  // namespace

void MetricsText::begin(const MetricFamily& family) {
  family_ = family.name;
  out_.append("# HELP ").append(family.name).append(" ").append(family.help).append("\n");
  out_.append("# TYPE ").append(family.name).append(" ");
  out_.append(kKindNames[static_cast<std::size_t>(family.kind)]).append("\n");
}

void MetricsText::sample(std::string_view suffix, std::span<const MetricLabel> labels,
                         double value) {
  out_.append(family_).append(suffix);
  char separator = '{';
  for (const MetricLabel& label : labels) {
    out_.push_back(separator);
    out_.append(label.name).append("=\"");
    append_value(label.value);
    out_.push_back('"');
    separator = ',';
  }
  if (!labels.empty()) out_.push_back('}');
  out_.push_back(' ');
  std::array<char, kRealTextBytesMax> digits;
  char* const end = write_real(value, digits.data());
  out_.append(digits.data(), end).push_back('\n');
}

void MetricsText::append_value(std::string_view value) {
  for (const char c : value) {
    if (c == '\\' || c == '"') out_.push_back('\\');
    if (c == '\n') {
      out_.append("\\n");
    } else {
      out_.push_back(c);
    }
  }
}

}  // namespace stator
