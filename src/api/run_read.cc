#include "api/run_read.h"

#include "api/keys.h"
#include "base/bytes.h"
#include "base/limits.h"
#include "storage/row_key.h"

namespace stator {
namespace {

// Sums what each partition had to read; each is rounded by itself, and costs the minimum even
// where it held nothing.
class UnitMeter {
 public:
  explicit UnitMeter(const PagePlan& plan)
      : partitions_(plan.table->partitions), consistency_(plan.consistency) {}

  void start_at(std::uint64_t hash) { partition_ = partitions_.index_of(hash); }

  void read(std::uint64_t hash, std::size_t bytes) {
    move_to(partitions_.index_of(hash));
    bytes_ += bytes;
  }

  // All partitions up to the one with `hash` were searched.
  void end_at(std::uint64_t hash) { move_to(partitions_.index_of(hash)); }

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

// The first and last hash that a range can hold.
std::uint64_t first_hash(const RowRange& range) {
  return range.first.size() < 12 ? 0 : hash_of_row(range.first);
}

std::uint64_t last_hash(const RowRange& range) {
  if (range.end.size() < 12) return UINT64_MAX;
  const std::uint64_t hash = hash_of_row(range.end);
  const bool whole_hash = range.end.size() == 12;
  return whole_hash && hash > 0 ? hash - 1 : hash;
}

void write_item(const PagePlan& plan, const MapView& item, std::string* buffer, JsonWriter* json) {
  if (plan.count_only) return;
  json->element();
  if (!plan.projection) return json->attributes(item);
  buffer->clear();
  json->attributes(project(*plan.projection, item, buffer).attributes());
}

}  // namespace

Result<std::optional<ItemView>> read_item(const Engine& engine, std::string_view row_key,
                                          std::string* buffer) {
  if (!TRY(engine.store->get(row_key, buffer))) return std::optional<ItemView>();
  return std::optional(TRY(ItemView::parse(*buffer)));
}

Result<PageOutcome> run_read(const Engine& engine, const PagePlan& plan, std::string* buffer,
                             JsonWriter* json) {
  PageOutcome page;
  UnitMeter meter(plan);
  meter.start_at(plan.range.backward ? last_hash(plan.range) : first_hash(plan.range));
  std::size_t bytes = 0;
  RowCursor rows = engine.store->scan(plan.range);
  for (; rows.valid(); rows.next()) {
    const ItemView item = TRY(ItemView::parse(rows.value()));
    ++page.scanned;
    bytes += item.logical_size();
    meter.read(hash_of_row(rows.key()), item.logical_size());
    if (!plan.filter || plan.filter->matches(item.attributes())) {
      ++page.count;
      write_item(plan, item.attributes(), buffer, json);
    }
    if (page.scanned == plan.limit || bytes >= kPageBytesMax) {
      append_key_of(plan.table->key, item.attributes(), &page.last_key.emplace());
      page.units = meter.units();
      return page;
    }
  }
  TRY(rows.finished());
  meter.end_at(plan.range.backward ? first_hash(plan.range) : last_hash(plan.range));
  page.units = meter.units();
  return page;
}

}  // namespace stator
