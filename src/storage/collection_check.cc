#include "storage/collection_check.h"

#include "storage/collection_row.h"
#include "storage/index_row.h"
#include "storage/row_key.h"

namespace stator {

CollectionCheck::CollectionCheck(const StoreView& view, const TableDefinition& table,
                                 OnProblem on_problem)
    : table_(table),
      on_problem_(std::move(on_problem)),
      kept_(view.scan({.first = keyspace_start(table.collections_keyspace),
                       .end = keyspace_end(table.collections_keyspace)})) {}

void CollectionCheck::add(const MapView& item, std::int64_t bytes) {
  buffer_.clear();
  append_collection_key(table_, table_.collections_keyspace, item, &buffer_);
  if (buffer_ != key_) {
    compare();
    key_.swap(buffer_);
    counted_ = 0;
  }
  counted_ += bytes;
}

Result<void> CollectionCheck::finish() {
  compare();
  while (kept_.valid()) report_empty_collection();
  return kept_.finished();
}

// The row stands where the walk over the items has found no collection.
void CollectionCheck::report_empty_collection() {
  on_problem_(kept_.key(), decode_collection_size(kept_.value()), 0);
  kept_.next();
}

// The collection whose items have all been seen.
void CollectionCheck::compare() {
  if (key_.empty()) return;
  while (kept_.valid() && kept_.key() < key_) report_empty_collection();
  const bool found = kept_.valid() && kept_.key() == key_;
  const std::string_view row = found ? kept_.value() : std::string_view();
  if (row != encode_collection_size(counted_)) {
    on_problem_(key_, decode_collection_size(row), counted_);
  }
  if (found) kept_.next();
}

}  // namespace stator
