// Compares the kept sizes of a table's item collections with what its items come to.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/item.h"
#include "model/table.h"
#include "storage/store.h"

namespace stator {

// Walks the sizes beside a walk over the items: both lie in the order of their collections. A
// resource of one thread, for a table with local indexes.
class CollectionCheck {
 public:
  // Told of each collection whose row is wrong, not needed or missing.
  //   kept  bytes that the row says, 0 where there is none
  using OnProblem =
      std::function<void(std::string_view key, std::int64_t kept, std::int64_t counted)>;

  CollectionCheck(const StoreView& view, const TableDefinition& table, OnProblem on_problem);

  // The next item in the order of the table's rows.
  //   bytes  of it and its entries in local indexes, as stored_bytes counts them
  void add(const MapView& item, std::int64_t bytes);

  // After the last item.
  //   errors  internal: the sizes cannot be read
  Result<void> finish();

 private:
  void compare();
  void report_empty_collection();

  const TableDefinition& table_;
  const OnProblem on_problem_;
  RowCursor kept_;
  std::string key_;  // of the collection of the last item; empty before the first
  std::int64_t counted_ = 0;
  std::string buffer_;
};

}  // namespace stator
