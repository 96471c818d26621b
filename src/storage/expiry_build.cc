#include "storage/expiry_build.h"

#include "base/bytes.h"
#include "model/item.h"
#include "storage/expiry_row.h"
#include "storage/row_key.h"

namespace stator {

ExpiryBuild::ExpiryBuild(Store* store, RowLatches* latches, std::shared_ptr<const Table> table)
    : store_(store), latches_(latches), table_(std::move(table)) {
  append_u32_be(0, &progress_key_);
  progress_key_.push_back('B');
  append_u32_be(time_to_live().keyspace, &progress_key_);
  at_ = keyspace_start(time_to_live().keyspace);
}

Result<ExpiryBuild> ExpiryBuild::open(Store* store, RowLatches* latches,
                                      std::shared_ptr<const Table> table) {
  ExpiryBuild build(store, latches, std::move(table));
  std::string last;
  if (TRY(store->get(build.progress_key_, &last))) {
    build.phase_ = Phase::walk;
    build.at_ = last + '\0';
  }
  return build;
}

Result<ExpiryBuild::Progress> ExpiryBuild::step() {
  rows_.clear();
  if (phase_ == Phase::sweep) {
    TRY(sweep());
  } else {
    TRY(walk());
  }
  return phase_ == Phase::finished ? Progress::finished : Progress::more;
}

Result<std::vector<std::string>> ExpiryBuild::next_keys(const std::string& first,
                                                        std::uint32_t keyspace) const {
  std::vector<std::string> keys;
  RowCursor rows = store_->scan({.first = first, .end = keyspace_end(keyspace)});
  for (; rows.valid() && keys.size() < kItemsPerStep; rows.next()) keys.emplace_back(rows.key());
  TRY(rows.finished());
  return keys;
}

// The key of the row that the item makes now; empty: it makes none.
Result<std::string> ExpiryBuild::wanted_key(const std::string& row_key) const {
  std::string stored;
  std::string key;
  if (!TRY(store_->get(row_key, &stored))) return key;
  const ItemView item = TRY(ItemView::parse(stored));
  const auto expires = expiry_time(time_to_live(), item.attributes());
  if (expires) append_expiry_key(time_to_live().keyspace, *expires, row_key, &key);
  return key;
}

Result<void> ExpiryBuild::sweep() {
  const std::vector<std::string> keys = TRY(next_keys(at_, time_to_live().keyspace));
  if (keys.empty()) {
    phase_ = Phase::walk;
    at_ = keyspace_start(table_->definition.keyspace);
    return {};
  }
  std::vector<std::string> row_keys;
  for (const std::string& key : keys) {
    const auto row = parse_expiry_key(key);
    row_keys.push_back(row ? row_key_of(*row, table_->definition.keyspace) : key);
  }
  const RowLatches::Held latches = latches_->lock({row_keys.begin(), row_keys.end()});
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string wanted = TRY(wanted_key(row_keys[i]));
    if (wanted != keys[i]) rows_.push_back({.key = keys[i], .erase = true});
  }
  at_ = keys.back() + '\0';
  return commit({});
}

Result<void> ExpiryBuild::walk() {
  const std::vector<std::string> keys = TRY(next_keys(at_, table_->definition.keyspace));
  if (keys.empty()) {
    phase_ = Phase::finished;
    return {};
  }
  // The items are read again now that nobody can change them.
  const RowLatches::Held latches = latches_->lock({keys.begin(), keys.end()});
  for (const std::string& row_key : keys) {
    std::string wanted = TRY(wanted_key(row_key));
    if (!wanted.empty()) rows_.push_back({.key = std::move(wanted), .erase = false});
  }
  at_ = keys.back() + '\0';
  return commit(keys.back());
}

Result<void> ExpiryBuild::commit(std::string_view last_item) {
  std::vector<RowWrite> writes;
  for (const Row& row : rows_) writes.push_back({.key = row.key, .value = {}, .erase = row.erase});
  if (!last_item.empty()) writes.push_back({.key = progress_key_, .value = last_item});
  if (writes.empty()) return {};
  return store_->commit(writes);
}

Result<void> ExpiryBuild::forget() {
  const RowWrite gone{.key = progress_key_, .value = {}, .erase = true};
  return store_->commit({&gone, 1});
}

}  // namespace stator
