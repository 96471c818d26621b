// A table with indexes and its rows in a store, without the operations that make them.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storage/catalog.h"
#include "storage/row_latches.h"
#include "storage/store.h"

namespace stator::testing_support {

// A table with the string partition key "pk" and the number sort key "sk". A resource.
class IndexedTable {
 public:
  explicit IndexedTable(std::vector<IndexDefinition> indexes, const std::string& directory = {});

  Store& store() { return *store_; }
  CatalogStore& catalog() { return *catalog_; }
  RowLatches& latches() { return latches_; }
  const std::shared_ptr<const Table>& table() const { return table_; }

  // Stores an item, in the notation of ../expression/support.h, without index rows.
  void put(std::string_view item);
  void erase(std::string_view key);

  // The entries of an index in order, as text.
  std::vector<std::string> entries(std::size_t position) const;

 private:
  std::string row_key(std::string_view item) const;

  std::unique_ptr<Store> store_;
  std::unique_ptr<CatalogStore> catalog_;
  RowLatches latches_;
  std::shared_ptr<const Table> table_;
};

// A global index with the number key attribute `partition` and all attributes.
IndexDefinition global_index(std::string name, std::string partition);

// A local index with the string sort key `sort` and all attributes.
IndexDefinition local_index(std::string name, std::string sort);

}  // namespace stator::testing_support
