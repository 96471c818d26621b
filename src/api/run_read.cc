#include "api/run_read.h"

#include "api/keys.h"
#include "api/page_meter.h"
#include "base/bytes.h"
#include "base/limits.h"
#include "storage/index_row.h"
#include "storage/past_rows.h"
#include "storage/row_key.h"

namespace stator {
namespace {

void write_item(const PagePlan& plan, const MapView& item, std::string* buffer, JsonWriter* json) {
  if (plan.count_only) return;
  json->element();
  if (!plan.projection) return json->attributes(item);
  buffer->clear();
  json->attributes(project(*plan.projection, item, buffer).attributes());
}

// Reads the items of the table behind the entries of a local index.
class ItemFetch {
 public:
  ItemFetch(const Engine& engine, const PagePlan& plan, const Moment& moment, PageMeter* meter)
      : engine_(engine), plan_(plan), moment_(moment), meter_(*meter) {}

  // The item of an entry; good until the next.
  Result<ItemView> fetch(ItemView entry) {
    if (!plan_.fetch) return entry;
    key_.clear();
    append_table_row_key(*plan_.table, entry.attributes(), &key_);
    const std::optional<ItemView> item = TRY(read_item(engine_, key_, &item_, moment_));
    // Gone since the page began.
    if (!item) return entry;
    meter_.read_item(item->logical_size());
    return *item;
  }

  // Counts what was read towards the limit of a page, and says how much that is by now. When both
  // are read, in blocks of a read unit: all entries together, each item by itself.
  std::size_t count(ItemView entry, ItemView item) {
    entry_bytes_ += entry.logical_size();
    if (!plan_.fetch) return entry_bytes_;
    item_bytes_ += in_blocks(item.logical_size());
    return in_blocks(entry_bytes_) + item_bytes_;
  }

 private:
  static std::size_t in_blocks(std::size_t bytes) {
    return (bytes + kReadUnitBytes - 1) / kReadUnitBytes * kReadUnitBytes;
  }

  const Engine& engine_;
  const PagePlan& plan_;
  const Moment& moment_;
  PageMeter& meter_;
  std::string key_;
  std::string item_;
  std::size_t entry_bytes_ = 0;
  std::size_t item_bytes_ = 0;
};

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

Result<std::optional<ItemView>> run_item_read(Engine* engine, const ItemRead& read,
                                              std::string* buffer) {
  const Moment moment = moment_of_read(*engine, *read.table, read.consistency, read.now);
  const std::optional<ItemView> item = TRY(read_item(*engine, read.row_key, buffer, moment));
  const CapacityMeter capacity = engine->capacity.meter(*read.table, read.now);
  if (!capacity.is_on()) return item;
  const CapacityUse use{.place = place_of_row(read.table->key, read.row_key),
                        .units = read_units(item ? item->logical_size() : 0, read.consistency)};
  const ThrottledArms throttled = capacity.take_read(use, read.now);
  if (!throttled.empty()) return throttle_error(throttled);
  capacity.apply_growth(read.now);
  return item;
}

Result<PageOutcome> run_read(Engine* engine, const PagePlan& plan, std::string* buffer,
                             JsonWriter* json) {
  PageOutcome page;
  PageMeter meter(engine, plan);
  TRY(meter.admit());
  const Moment moment = engine->history->at(plan.cutoff);
  ItemFetch items(*engine, plan, moment, &meter);
  PastRowCursor rows(*engine->store, plan.range, moment);
  for (; rows.valid(); rows.next()) {
    const ItemView row = TRY(ItemView::parse(rows.value()));
    const ItemView item = TRY(items.fetch(row));
    ++page.scanned;
    const std::size_t bytes = items.count(row, item);
    meter.read_row(rows.key(), row.logical_size());
    if (!plan.filter || plan.filter->matches(row.attributes())) {
      ++page.count;
      write_item(plan, item.attributes(), buffer, json);
    }
    if (page.scanned == plan.limit || bytes >= kPageBytesMax) {
      append_key_of(*plan.table, plan.index, row.attributes(), &page.last_key.emplace());
      page.units = meter.charge();
      return page;
    }
  }
  TRY(rows.finished());
  meter.finish_range();
  page.units = meter.charge();
  return page;
}

}  // namespace stator
