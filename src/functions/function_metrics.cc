#include "functions/function_metrics.h"

#include "api/metrics_text.h"

namespace stator {
namespace {

struct FunctionFamily {
  MetricFamily family;
  double (*value)(const FunctionCounters&);
};

constexpr FunctionFamily kFunctionFamilies[] = {
    {{"lambda_invocations_total", MetricKind::counter,
      "Invocations: times that a function ran, whether it failed or not."},
     [](const FunctionCounters& counters) { return static_cast<double>(counters.invocations); }},
    {{"lambda_errors_total", MetricKind::counter, "Errors: invocations that failed."},
     [](const FunctionCounters& counters) { return static_cast<double>(counters.errors); }},
    {{"lambda_throttles_total", MetricKind::counter,
      "Throttles: invocations that did not take place."},
     [](const FunctionCounters& counters) { return static_cast<double>(counters.throttles); }},
    {{"lambda_duration_seconds_total", MetricKind::counter,
      "Duration: what all invocations took, their waiting for a free place included."},
     [](const FunctionCounters& counters) {
       return static_cast<double>(counters.duration_us) / 1'000'000;
     }},
};

struct MappingFamily {
  MetricFamily family;
  double (*value)(const MappingProgress&);
};

constexpr MappingFamily kMappingFamilies[] = {
    {{"lambda_iterator_age_seconds", MetricKind::gauge,
      "IteratorAge: the age of the last record that was handed to the function, then."},
     [](const MappingProgress& mapping) {
       return static_cast<double>(mapping.delivered.metrics.iterator_age.count()) / 1000;
     }},
    {{"stator_delivered_records_total", MetricKind::counter,
      "Records handed to the function, each time that they were."},
     [](const MappingProgress& mapping) {
       return static_cast<double>(mapping.delivered.metrics.records);
     }},
    {{"stator_discarded_records_total", MetricKind::counter, "Records that were given up."},
     [](const MappingProgress& mapping) {
       return static_cast<double>(mapping.delivered.metrics.discarded);
     }},
    {{"stator_records_behind", MetricKind::gauge, "Records that can be read and are not done."},
     [](const MappingProgress& mapping) { return static_cast<double>(mapping.records_behind); }},
};

}  // namespace

void append_function_metrics(const FunctionMetrics& metrics, std::string* out) {
  MetricsText text(out);
  for (const auto& [family, value] : kFunctionFamilies) {
    if (metrics.functions.empty()) break;
    text.begin(family);
    for (const auto& [name, counters] : metrics.functions) {
      const MetricLabel label{"function_name", name};
      text.sample("", {&label, 1}, value(*counters));
    }
  }
  for (const auto& [family, value] : kMappingFamilies) {
    if (metrics.mappings.empty()) break;
    text.begin(family);
    for (const MappingProgress& mapping : metrics.mappings) {
      const EventSourceMapping& source = mapping.delivered.mapping;
      const MetricLabel labels[] = {{"function_name", source.function},
                                    {"event_source_mapping", source.uuid}};
      text.sample("", labels, value(mapping));
    }
  }
}

}  // namespace stator
