#include "indexed_table.h"

#include <gtest/gtest.h>

#include "../expression/support.h"
#include "base/bytes.h"
#include "storage/index_row.h"
#include "storage/row_key.h"

namespace stator::testing_support {

IndexedTable::IndexedTable(std::vector<IndexDefinition> indexes, const std::string& directory)
    : store_(*Store::open({.directory = directory})), catalog_(*CatalogStore::open(store_.get())) {
  table_ = *catalog_->put([&](const Catalog& catalog) -> Result<TableDefinition> {
    if (const Table* const known = catalog.find("", "t", TimePoint())) return known->definition;
    TableDefinition table;
    table.name = "t";
    table.table_id = "id";
    table.key.partition = {{.name = "pk", .type = AttributeType::S}};
    table.key.sort = {{.name = "sk", .type = AttributeType::N}};
    table.indexes = std::move(indexes);
    return table;
  });
}

std::string IndexedTable::row_key(std::string_view item) const {
  const std::string bytes = item_bytes_of(item);
  std::string key;
  append_table_row_key(table_->definition, ItemView::trusted(bytes).attributes(), &key);
  return key;
}

void IndexedTable::put(std::string_view item) {
  const std::string key = row_key(item);
  const std::string bytes = item_bytes_of(item);
  const RowWrite row{.key = key, .value = bytes};
  ASSERT_TRUE(store_->commit({&row, 1}));
}

void IndexedTable::erase(std::string_view item) {
  const std::string key = row_key(item);
  const RowWrite row{.key = key, .value = {}, .erase = true};
  ASSERT_TRUE(store_->commit({&row, 1}));
}

std::vector<std::string> IndexedTable::entries(std::size_t position) const {
  const std::uint32_t keyspace = table_->definition.indexes[position].keyspace;
  std::string first;
  append_u32_be(keyspace, &first);
  std::vector<std::string> entries;
  RowCursor rows = store_->scan({.first = first, .end = keyspace_end(keyspace)});
  for (; rows.valid(); rows.next()) {
    entries.push_back(show(ItemView::trusted(rows.value()).attributes()));
  }
  EXPECT_TRUE(rows.finished());
  return entries;
}

IndexDefinition global_index(std::string name, std::string partition) {
  IndexDefinition index;
  index.name = std::move(name);
  index.key.partition = {{.name = std::move(partition), .type = AttributeType::N}};
  return index;
}

IndexDefinition local_index(std::string name, std::string sort) {
  IndexDefinition index;
  index.name = std::move(name);
  index.kind = IndexKind::local;
  index.key.partition = {{.name = "pk", .type = AttributeType::S}};
  index.key.sort = {{.name = std::move(sort), .type = AttributeType::S}};
  return index;
}

}  // namespace stator::testing_support
