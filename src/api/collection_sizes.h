// How large the item collections of a table with local indexes are: a row for each
// (storage/collection_row.h), written in the batch of the item.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "api/write_plan.h"
#include "base/result.h"
#include "storage/store.h"

namespace stator {

// Bytes by which a write makes the collection of its item larger or smaller, entries of local
// indexes included.
std::int64_t collection_bytes(const WriteEffect& effect, const TableDefinition& table);

// The collections that one batch changes. A value of one request, which holds the latches of their
// keys; refers to keys of the caller.
class CollectionSizes {
 public:
  //   bytes_max  what a collection may grow to
  CollectionSizes(const Store& store, std::int64_t bytes_max)
      : store_(store), bytes_max_(bytes_max) {}

  // Adds `bytes` to the collection; returns what it comes to.
  //   errors  item_collection_size_limit_exceeded: it would grow beyond the limit; internal
  Result<std::int64_t> change(std::string_view key, std::int64_t bytes);

  // The rows that keep the sizes; good as long as this.
  void append_rows(std::vector<RowWrite>* rows);

 private:
  struct Size {
    std::int64_t bytes = 0;
    std::string row = {};
  };

  Result<std::int64_t> stored(std::string_view key) const;

  const Store& store_;
  const std::int64_t bytes_max_;
  std::map<std::string_view, Size> sizes_;
};

}  // namespace stator
