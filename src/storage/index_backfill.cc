#include "storage/index_backfill.h"

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

}  // namespace

IndexBackfill::IndexBackfill(Store* store, RowLatches* latches, std::shared_ptr<const Table> table,
                             std::size_t position)
    : store_(store), latches_(latches), table_(std::move(table)), position_(position) {
  const std::uint32_t keyspace = table_->definition.keyspace;
  progress_key_ = progress_key(index().keyspace);
  append_u32_be(keyspace, &at_);
  end_ = keyspace_end(keyspace);
}

Result<IndexBackfill> IndexBackfill::open(Store* store, RowLatches* latches,
                                          std::shared_ptr<const Table> table,
                                          std::size_t position) {
  IndexBackfill backfill(store, latches, std::move(table), position);
  std::string last;
  if (TRY(store->get(backfill.progress_key_, &last))) backfill.at_ = last + '\0';
  return backfill;
}

Result<std::vector<std::string>> IndexBackfill::next_keys() const {
  std::vector<std::string> keys;
  RowCursor rows = store_->scan({.first = at_, .end = end_});
  for (; rows.valid() && keys.size() < kItemsPerStep; rows.next()) keys.emplace_back(rows.key());
  TRY(rows.finished());
  return keys;
}

Result<IndexBackfill::Progress> IndexBackfill::step() {
  const std::vector<std::string> keys = TRY(next_keys());
  if (keys.empty()) return Progress::finished;
  const RowLatches::Held latches = latches_->lock({keys.begin(), keys.end()});
  rows_.clear();
  bytes_ = 0;
  for (const std::string& key : keys) TRY(add_row(key));
  at_ = keys.back() + '\0';
  TRY(commit());
  return Progress::more;
}

// The item is read again now that nobody can change it.
Result<void> IndexBackfill::add_row(const std::string& row_key) {
  std::string stored;
  if (!TRY(store_->get(row_key, &stored))) return {};
  const ItemView item = TRY(ItemView::parse(stored));
  if (!belongs_to_index(index(), item.attributes())) return {};
  Row row;
  append_index_row_key(table_->definition, index(), item.attributes(), &row.key);
  std::string known;
  if (TRY(store_->get(row.key, &known))) return {};  // a write made it, and counted it
  if (index().projection.type == ProjectionType::all) {
    row.entry = std::move(stored);
  } else {
    append_index_entry(table_->definition, index(), item.attributes(), &row.entry);
  }
  bytes_ += static_cast<std::int64_t>(ItemView::trusted(row.entry).logical_size());
  rows_.push_back(std::move(row));
  return {};
}

Result<void> IndexBackfill::commit() {
  std::vector<RowWrite> writes;
  for (const Row& row : rows_) writes.push_back({.key = row.key, .value = row.entry});
  const std::string_view last(at_.data(), at_.size() - 1);
  writes.push_back({.key = progress_key_, .value = last});
  TRY(store_->commit(writes));
  TableStatistics& statistics = *table_->index_statistics[position_];
  statistics.items += static_cast<std::int64_t>(rows_.size());
  statistics.bytes += bytes_;
  return {};
}

Result<void> IndexBackfill::forget() {
  const RowWrite gone{.key = progress_key_, .value = {}, .erase = true};
  return store_->commit({&gone, 1});
}

}  // namespace stator
