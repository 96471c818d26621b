#include "storage/index_backfill.h"

#include <algorithm>

#include "base/bytes.h"
#include "model/item.h"
#include "storage/index_row.h"
#include "storage/row_key.h"

namespace stator {
namespace {

std::string progress_key(std::uint32_t keyspace) {
  std::string key;
  append_u32_be(0, &key);
  key.push_back('B');
  append_u32_be(keyspace, &key);
  return key;
}

std::int64_t size_of(std::string_view entry) {
  return static_cast<std::int64_t>(ItemView::trusted(entry).logical_size());
}

}  // namespace

IndexBackfill::IndexBackfill(Store* store, RowLatches* latches, std::shared_ptr<const Table> table,
                             std::size_t position)
    : store_(store), latches_(latches), table_(std::move(table)), position_(position) {
  progress_key_ = progress_key(index().keyspace);
  sweep_at_ = keyspace_start(index().keyspace);
  at_ = keyspace_start(table_->definition.keyspace);
  end_ = keyspace_end(table_->definition.keyspace);
}

Result<IndexBackfill> IndexBackfill::open(Store* store, RowLatches* latches,
                                          std::shared_ptr<const Table> table,
                                          std::size_t position) {
  IndexBackfill backfill(store, latches, std::move(table), position);
  std::string last;
  if (TRY(store->get(backfill.progress_key_, &last))) {
    backfill.phase_ = Phase::walk;
    backfill.at_ = last + '\0';
  }
  return backfill;
}

Result<IndexBackfill::Progress> IndexBackfill::step() {
  rows_.clear();
  items_ = bytes_ = 0;
  if (phase_ == Phase::sweep) {
    TRY(sweep());
  } else {
    TRY(walk());
  }
  return phase_ == Phase::finished ? Progress::finished : Progress::more;
}

Result<void> IndexBackfill::sweep() {
  std::vector<std::string> index_keys;
  std::vector<std::string> row_keys;
  RowCursor rows = store_->scan({.first = sweep_at_, .end = keyspace_end(index().keyspace)});
  for (; rows.valid() && index_keys.size() < kItemsPerStep; rows.next()) {
    const ItemView entry = TRY(ItemView::parse(rows.value()));
    index_keys.emplace_back(rows.key());
    append_table_row_key(table_->definition, entry.attributes(), &row_keys.emplace_back());
  }
  TRY(rows.finished());
  if (index_keys.empty()) {
    phase_ = Phase::walk;
    return {};
  }
  const RowLatches::Held latches = latches_->lock({row_keys.begin(), row_keys.end()});
  for (std::size_t i = 0; i < index_keys.size(); ++i) TRY(sweep_row(index_keys[i], row_keys[i]));
  sweep_at_ = index_keys.back() + '\0';
  return commit();
}

// A row whose item would have it somewhere else, or not at all, goes.
Result<void> IndexBackfill::sweep_row(const std::string& index_key, const std::string& row_key) {
  std::string entry;
  if (!TRY(store_->get(index_key, &entry))) return {};
  std::string stored;
  if (TRY(store_->get(row_key, &stored))) {
    const MapView item = TRY(ItemView::parse(stored)).attributes();
    std::string wanted;
    if (belongs_to_index(index(), item)) {
      append_index_row_key(table_->definition, index(), item, &wanted);
    }
    if (wanted == index_key) return {};
  }
  items_ -= 1;
  bytes_ -= size_of(entry);
  rows_.push_back({.key = index_key, .entry = {}});
  return {};
}

Result<std::vector<std::string>> IndexBackfill::next_keys() const {
  std::vector<std::string> keys;
  RowCursor rows = store_->scan({.first = at_, .end = end_});
  for (; rows.valid() && keys.size() < kItemsPerStep; rows.next()) keys.emplace_back(rows.key());
  TRY(rows.finished());
  return keys;
}

Result<void> IndexBackfill::walk() {
  const std::vector<std::string> keys = TRY(next_keys());
  if (keys.empty()) {
    phase_ = Phase::finished;
    return {};
  }
  const RowLatches::Held latches = latches_->lock({keys.begin(), keys.end()});
  // The items are read again now that nobody can change them. One that came in between is not
  // latched; its writer knows the index.
  std::string next = keys.back() + '\0';
  RowCursor rows = store_->scan({.first = keys.front(), .end = next});
  auto latched = keys.begin();
  for (; rows.valid(); rows.next()) {
    latched = std::lower_bound(latched, keys.end(), rows.key());
    if (*latched == rows.key()) TRY(add_row(rows.value()));
  }
  TRY(rows.finished());
  at_ = std::move(next);
  return commit();
}

Result<void> IndexBackfill::add_row(std::string_view stored) {
  const ItemView item = TRY(ItemView::parse(stored));
  if (!belongs_to_index(index(), item.attributes())) return {};
  Row row;
  append_index_row_key(table_->definition, index(), item.attributes(), &row.key);
  std::string buffer;
  row.entry = index_entry(table_->definition, index(), item, &buffer).bytes();
  std::string known;
  if (TRY(store_->get(row.key, &known))) {  // a write made it, and counted it
    if (known == row.entry) return {};
    bytes_ -= size_of(known);
  } else {
    items_ += 1;
  }
  bytes_ += size_of(row.entry);
  rows_.push_back(std::move(row));
  return {};
}

Result<void> IndexBackfill::commit() {
  std::vector<RowWrite> writes;
  for (const Row& row : rows_) {
    writes.push_back({.key = row.key, .value = row.entry, .erase = row.entry.empty()});
  }
  const std::string_view last(at_.data(), at_.size() - 1);
  if (phase_ == Phase::walk) writes.push_back({.key = progress_key_, .value = last});
  if (writes.empty()) return {};
  TRY(store_->commit(writes));
  TableStatistics& statistics = *table_->index_statistics[position_];
  statistics.items += items_;
  statistics.bytes += bytes_;
  statistics.backfilled_percent = percent();
  return {};
}

// Hashes are even, so how far they have come is how many items have.
int IndexBackfill::percent() const {
  if (phase_ == Phase::sweep) return 0;
  const std::uint64_t hash = load_u64_be(at_.data() + kKeyspaceBytes);
  constexpr std::uint64_t kHundredth = UINT64_MAX / 100;
  return static_cast<int>(std::min<std::uint64_t>(hash / kHundredth, 99));
}

Result<void> IndexBackfill::forget() {
  const RowWrite gone{.key = progress_key_, .value = {}, .erase = true};
  return store_->commit({&gone, 1});
}

}  // namespace stator
