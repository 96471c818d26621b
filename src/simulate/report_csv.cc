#include "simulate/report_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <utility>

namespace stator {
namespace {

constexpr std::string_view kHeader =
    "section,phase,load,table,index,direction,partition,key,second,seconds,measure,value\r\n";
constexpr std::string_view kFormulaStarts = "=+-@\t\r\n";
constexpr std::string_view kQuotedCharacters = ",\"\r\n";
constexpr std::array<std::string_view, kDirections> kDirectionNames = {"read", "write"};

// By NeedsVerdict.
constexpr std::array<std::string_view, 8> kVerdictNames = {
    "idle",        "served",    "provision", "raise_maximum", "warm_throughput",
    "spread_keys", "shard_key", "quota"};

std::string field(std::string_view text) {
  std::string value;
  if (!text.empty() && kFormulaStarts.find(text.front()) != std::string_view::npos) value = "'";
  value += text;
  if (value.find_first_of(kQuotedCharacters) == std::string::npos) return value;
  std::string quoted = "\"";
  for (const char c : value) quoted.append(c == '"' ? 2 : 1, c);
  return quoted += '"';
}

// Twelve digits: all of any count, and none of the noise of sums.
std::string figure(double value) {
  return fmt::format("{:.12g}", value);
}

// The columns before the measure, as fields.
struct Subject {
  std::string_view section;
  std::string phase{};
  std::string load{};
  std::string table{};
  std::string index{};
  std::string_view direction{};
  std::uint32_t partition = 0;  // 0: none
  std::string key{};
  double second = 0;
  double seconds = 0;
};

class CsvWriter {
 public:
  explicit CsvWriter(std::string* out) : out_(*out) { out_ += kHeader; }

  // What is measured from now on.
  void about(const Subject& subject) {
    const std::string partition = subject.partition == 0 ? "" : std::to_string(subject.partition);
    columns_ = fmt::format("{},{},{},{},{},{},{},{},{},{},", subject.section, subject.phase,
                           subject.load, subject.table, subject.index, subject.direction, partition,
                           subject.key, figure(subject.second), figure(subject.seconds));
  }

  void row(std::string_view measure, double value) {
    fmt::format_to(std::back_inserter(out_), "{}{},{}\r\n", columns_, measure, figure(value));
  }
  void row_unless_zero(std::string_view measure, double value) {
    if (value != 0) row(measure, value);
  }

 private:
  std::string& out_;
  std::string columns_;
};

// A slot's part of the simulation; the last one may be shorter.
struct SlotSpan {
  double second = 0;
  double seconds = 0;
};

SlotSpan span_of(const SimulationReport& report, std::size_t slot) {
  const auto width = static_cast<double>(report.slot_seconds);
  const double second = static_cast<double>(slot) * width;
  return {.second = second, .seconds = std::min(width, report.seconds - second)};
}

using Rows = std::array<std::pair<std::string_view, double>, 5>;

Rows rows_of(const RequestCounts& counts) {
  return {{{"requests", static_cast<double>(counts.requests)},
           {"succeeded", static_cast<double>(counts.succeeded)},
           {"given_up", static_cast<double>(counts.given_up)},
           {"throttled_attempts", static_cast<double>(counts.throttled)},
           {"retries", static_cast<double>(counts.retries)}}};
}

void write_requests(const SimulationReport& report, CsvWriter* csv) {
  for (std::size_t slot = 0; slot < report.request_slots.size(); ++slot) {
    const SlotSpan span = span_of(report, slot);
    csv->about({.section = "requests", .second = span.second, .seconds = span.seconds});
    for (const auto& [measure, value] : rows_of(report.request_slots[slot])) {
      csv->row_unless_zero(measure, value);
    }
  }
}

void write_load(const PhaseReport& phase, const LoadReport& load, CsvWriter* csv) {
  csv->about({.section = "load",
              .phase = field(phase.name),
              .load = field(load.name),
              .table = field(load.table),
              .index = field(load.index),
              .second = phase.start,
              .seconds = phase.seconds});
  for (const auto& [measure, value] : rows_of(load.total)) csv->row(measure, value);
  csv->row("wait_mean_ms", load.wait.mean_ms);
  csv->row("wait_p50_ms", load.wait.p50_ms);
  csv->row("wait_p99_ms", load.wait.p99_ms);
  csv->row("wait_max_ms", load.wait.max_ms);
}

void write_phase(const SimulationReport& report, const PhaseReport& phase, CsvWriter* csv) {
  for (const LoadReport& load : phase.loads) write_load(phase, load, csv);
  for (const PhaseResource& used : phase.resources) {
    const ResourceReport& resource = report.resources[used.resource];
    for (std::size_t d = 0; d < kDirections; ++d) {
      csv->about({.section = "phase",
                  .phase = field(phase.name),
                  .table = field(resource.table),
                  .index = field(resource.index),
                  .direction = kDirectionNames[d],
                  .second = phase.start,
                  .seconds = phase.seconds});
      csv->row("offered_units_per_second", used.offered[d]);
      csv->row("consumed_units_per_second", used.consumed[d]);
      csv->row("throttled_units_per_second", used.throttled[d]);
      csv->row("peak_consumed_units_per_second", used.peak_consumed[d]);
    }
  }
}

void write_slot(ThrottleReason reason, const UnitSlot& slot, CsvWriter* csv) {
  csv->row_unless_zero("offered_units", slot.offered);
  csv->row_unless_zero("consumed_units", slot.consumed);
  csv->row_unless_zero("throttled_units", slot.throttled);
  for (std::size_t limit = 0; limit < kThrottleLimits; ++limit) {
    reason.limit = static_cast<ThrottleLimit>(limit);
    csv->row_unless_zero(reason.name(), static_cast<double>(slot.throttles[limit]));
  }
}

void write_units(const SimulationReport& report, const ResourceReport& resource, Subject subject,
                 CsvWriter* csv) {
  subject.section = "units";
  for (std::size_t d = 0; d < kDirections; ++d) {
    subject.direction = kDirectionNames[d];
    const std::vector<UnitSlot>& slots = resource.directions[d].slots;
    for (std::size_t slot = 0; slot < slots.size(); ++slot) {
      const SlotSpan span = span_of(report, slot);
      subject.second = span.second;
      subject.seconds = span.seconds;
      csv->about(subject);
      write_slot({.resource = resource.kind, .direction = static_cast<Direction>(d)}, slots[slot],
                 csv);
    }
  }
}

void write_partition(const SimulationReport& report, const PartitionReport& partition,
                     Subject subject, CsvWriter* csv) {
  subject.section = "partition";
  subject.partition = partition.id;
  for (std::size_t i = 0; i < partition.slots.size(); ++i) {
    const SlotSpan span = span_of(report, partition.first_slot + i);
    subject.second = span.second;
    subject.seconds = span.seconds;
    for (std::size_t d = 0; d < kDirections; ++d) {
      subject.direction = kDirectionNames[d];
      csv->about(subject);
      csv->row_unless_zero("consumed_units", partition.slots[i].consumed[d]);
      csv->row_unless_zero("throttled_units", partition.slots[i].throttled[d]);
    }
  }
}

void write_lineage(const SimulationReport& report, const PartitionReport& partition,
                   Subject subject, CsvWriter* csv) {
  subject.section = "lineage";
  subject.partition = partition.id;
  subject.key = field(partition.first_key);
  subject.second = partition.born;
  subject.seconds = partition.ended.value_or(report.seconds) - partition.born;
  csv->about(subject);
  csv->row("first", partition.first);
  csv->row("end", partition.end);
  csv->row("parent", partition.parent);
}

void write_split(const SplitReport& split, Subject subject, CsvWriter* csv) {
  subject.section = "split";
  subject.partition = split.parent;
  subject.key = field(split.at);
  subject.second = split.second;
  csv->about(subject);
  csv->row(name_of(split.cause), split.children[0]);
}

void write_hot_keys(const std::vector<HotKeyReport>& keys, std::string_view measure,
                    Subject subject, CsvWriter* csv) {
  subject.section = "hot_key";
  for (const HotKeyReport& key : keys) {
    subject.key = field(key.key);
    csv->about(subject);
    csv->row(measure, key.amount);
    csv->row(fmt::format("{}_error", measure), key.error);
  }
}

void write_needs(const NeedsReport& needs, Subject subject, CsvWriter* csv) {
  subject.section = "needs";
  subject.key = field(needs.hottest_key);
  csv->about(subject);
  csv->row(fmt::format("verdict.{}", kVerdictNames[static_cast<std::size_t>(needs.verdict)]), 1);
  csv->row("mean_units", needs.mean_units);
  csv->row("peak_units", needs.peak_units);
  csv->row("provisioned_units", static_cast<double>(needs.provisioned_units));
  if (needs.provisioned_now) {
    csv->row("provisioned_now", static_cast<double>(*needs.provisioned_now));
  }
  csv->row("warm_units", static_cast<double>(needs.warm_units));
  if (needs.warm_now) csv->row("warm_now", static_cast<double>(*needs.warm_now));
  csv->row("hottest_units", needs.hottest_units);
  csv->row("shards", static_cast<double>(needs.shards));
  csv->row("partition_limit", needs.partition_limit);
}

void write_resource(const SimulationReport& report, const ResourceReport& resource,
                    CsvWriter* csv) {
  Subject subject;
  subject.table = field(resource.table);
  subject.index = field(resource.index);
  subject.seconds = report.seconds;
  for (std::size_t d = 0; d < kDirections; ++d) {
    subject.direction = kDirectionNames[d];
    write_needs(resource.directions[d].needs, subject, csv);
  }
  subject.direction = "";
  write_hot_keys(resource.hot_keys.used_collections, "used_collection_units", subject, csv);
  write_hot_keys(resource.hot_keys.used_items, "used_item_units", subject, csv);
  write_hot_keys(resource.hot_keys.throttled_collections, "throttled_collection_attempts", subject,
                 csv);
  write_hot_keys(resource.hot_keys.throttled_items, "throttled_item_attempts", subject, csv);
  for (const PartitionReport& partition : resource.partitions) {
    write_lineage(report, partition, subject, csv);
  }
  subject.seconds = 0;
  for (const SplitReport& split : resource.splits) write_split(split, subject, csv);
  write_units(report, resource, subject, csv);
  for (const PartitionReport& partition : resource.partitions) {
    write_partition(report, partition, subject, csv);
  }
}

}  // namespace

void write_csv_report(const SimulationReport& report, std::string* out) {
  CsvWriter csv(out);
  write_requests(report, &csv);
  for (const PhaseReport& phase : report.phases) write_phase(report, phase, &csv);
  for (const ResourceReport& resource : report.resources) write_resource(report, resource, &csv);
}

}  // namespace stator
