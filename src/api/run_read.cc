#include "api/run_read.h"

#include "api/keys.h"
#include "base/bytes.h"
#include "base/limits.h"
#include "storage/index_row.h"
#include "storage/past_rows.h"
#include "storage/row_key.h"

namespace stator {
namespace {

// The position of a row key: what stands behind its keyspace.
std::string_view position_of(std::string_view row_key) {
  return row_key.substr(kKeyspaceBytes);
}

const PartitionMap& partitions_of(const PagePlan& plan) {
  return plan.index != nullptr ? partitions_of(*plan.table, *plan.index) : plan.table->partitions;
}

// The places of the first and the last partition that hold keys of a range.
std::size_t first_partition(const PartitionMap& partitions, const RowRange& range) {
  if (range.first.size() < kKeyspaceBytes + kPositionHashBytes) return 0;
  return partitions.index_of(position_of(range.first));
}

std::size_t last_partition(const PartitionMap& partitions, const RowRange& range) {
  if (range.end.size() < kKeyspaceBytes + kPositionHashBytes) return partitions.count() - 1;
  const std::string_view end = position_of(range.end);
  const std::size_t holder = partitions.index_of(end);
  const bool begins_at_end = partitions.partitions()[holder].position() == end;
  return begins_at_end && holder > 0 ? holder - 1 : holder;
}

// Sums what each partition had to read; each is rounded by itself, and costs the minimum even
// where it held nothing.
class UnitMeter {
 public:
  explicit UnitMeter(const PagePlan& plan)
      : partitions_(partitions_of(plan)), consistency_(plan.consistency) {}

  void start_at(std::size_t partition) { partition_ = partition; }

  void read(std::string_view row_key, std::size_t bytes) {
    move_to(partitions_.index_of(position_of(row_key)));
    bytes_ += bytes;
  }

  // All partitions up to this one were searched.
  void end_at(std::size_t partition) { move_to(partition); }

  double units() const { return units_ + read_units(bytes_, consistency_); }

 private:
  void move_to(std::size_t partition) {
    const std::size_t steps =
        partition > partition_ ? partition - partition_ : partition_ - partition;
    if (steps == 0) return;
    units_ += read_units(bytes_, consistency_) +
              static_cast<double>(steps - 1) * read_units(0, consistency_);
    bytes_ = 0;
    partition_ = partition;
  }

  const PartitionMap& partitions_;
  const Consistency consistency_;
  std::size_t partition_ = 0;
  std::size_t bytes_ = 0;
  double units_ = 0;
};

void write_item(const PagePlan& plan, const MapView& item, std::string* buffer, JsonWriter* json) {
  if (plan.count_only) return;
  json->element();
  if (!plan.projection) return json->attributes(item);
  buffer->clear();
  json->attributes(project(*plan.projection, item, buffer).attributes());
}

// Reads the items of the table behind the entries of a local index, and what that costs.
class ItemFetch {
 public:
  ItemFetch(const Engine& engine, const PagePlan& plan, const Moment& moment)
      : engine_(engine), plan_(plan), moment_(moment) {}

  // The item of an entry; good until the next.
  Result<ItemView> fetch(ItemView entry) {
    if (!plan_.fetch) return entry;
    key_.clear();
    append_table_row_key(*plan_.table, entry.attributes(), &key_);
    const std::optional<ItemView> item = TRY(read_item(engine_, key_, &item_, moment_));
    // Gone since the page began.
    if (!item) return entry;
    units_ += read_units(item->logical_size(), plan_.consistency);
    return *item;
  }

  // What an entry and its item count towards the limit of a page: blocks of a read unit when both
  // are read.
  std::size_t page_bytes(ItemView entry, ItemView item) const {
    if (!plan_.fetch) return entry.logical_size();
    return in_blocks(entry.logical_size()) + in_blocks(item.logical_size());
  }

  double units() const { return units_; }

 private:
  static std::size_t in_blocks(std::size_t bytes) {
    return (bytes + kReadUnitBytes - 1) / kReadUnitBytes * kReadUnitBytes;
  }

  const Engine& engine_;
  const PagePlan& plan_;
  const Moment& moment_;
  std::string key_;
  std::string item_;
  double units_ = 0;
};

Consumption consumption(const PagePlan& plan, const UnitMeter& rows, const ItemFetch& items) {
  if (plan.index == nullptr) return {.table = rows.units()};
  Consumption consumed{.table = items.units()};
  consumed.add_index(plan.index, rows.units());
  return consumed;
}

}  // namespace

Moment moment_of_read(const Engine& engine, const TableDefinition& table, Consistency consistency,
                      TimePoint now) {
  return engine.history->at(engine.lags.cutoff(table, nullptr, consistency, now));
}

Result<std::optional<ItemView>> read_item(const Engine& engine, std::string_view row_key,
                                          std::string* buffer, const Moment& moment) {
  if (!TRY(get_row(*engine.store, moment, row_key, buffer))) return std::optional<ItemView>();
  return std::optional(TRY(ItemView::parse(*buffer)));
}

Result<PageOutcome> run_read(const Engine& engine, const PagePlan& plan, std::string* buffer,
                             JsonWriter* json) {
  PageOutcome page;
  UnitMeter meter(plan);
  const PartitionMap& partitions = partitions_of(plan);
  const std::size_t first = first_partition(partitions, plan.range);
  const std::size_t last = last_partition(partitions, plan.range);
  const Moment moment = engine.history->at(plan.cutoff);
  ItemFetch items(engine, plan, moment);
  meter.start_at(plan.range.backward ? last : first);
  std::size_t bytes = 0;
  PastRowCursor rows(*engine.store, plan.range, moment);
  for (; rows.valid(); rows.next()) {
    const ItemView row = TRY(ItemView::parse(rows.value()));
    const ItemView item = TRY(items.fetch(row));
    ++page.scanned;
    bytes += items.page_bytes(row, item);
    meter.read(rows.key(), row.logical_size());
    if (!plan.filter || plan.filter->matches(item.attributes())) {
      ++page.count;
      write_item(plan, item.attributes(), buffer, json);
    }
    if (page.scanned == plan.limit || bytes >= kPageBytesMax) {
      append_key_of(*plan.table, plan.index, row.attributes(), &page.last_key.emplace());
      page.units = consumption(plan, meter, items);
      return page;
    }
  }
  TRY(rows.finished());
  meter.end_at(plan.range.backward ? first : last);
  page.units = consumption(plan, meter, items);
  return page;
}

}  // namespace stator
