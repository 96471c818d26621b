// What a Query or Scan reads: a table, or one of its indexes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "api/engine.h"
#include "api/table_access.h"
#include "base/result.h"
#include "expression/condition.h"
#include "model/item.h"
#include "model/table.h"

namespace stator {

// A value; refers to a table's definition, which outlives it.
class ReadSource {
 public:
  explicit ReadSource(const TableDefinition& table, const IndexDefinition* index = nullptr)
      : table_(table), index_(index) {}

  const TableDefinition& table() const { return table_; }
  const IndexDefinition* index() const { return index_; }  // null: the table itself

  const KeySchema& key() const { return index_ != nullptr ? index_->key : table_.key; }
  std::uint32_t keyspace() const { return index_ != nullptr ? index_->keyspace : table_.keyspace; }

  // Whether what is read holds the attribute.
  bool projects(std::string_view attribute) const {
    return index_ == nullptr || index_->projects(table_.key, attribute);
  }

  // Those of the attributes that what is read does not hold, each once: "a, b".
  std::string unprojected(std::span<const std::string_view> attributes) const;

  // A starting key: exactly the key attributes of the table and of the index.
  //   errors  validation: see check_key
  Result<void> check_key(const MapView& key) const;

  // The two parts of that: names and types, then sizes.
  bool is_key_shape(const MapView& key) const;
  Result<void> check_key_values(const MapView& key) const;

  // Appends the row key of a checked starting key.
  void append_row_key(const MapView& key, std::string* out) const;

 private:
  const TableDefinition& table_;
  const IndexDefinition* index_;
};

// What the request names.
//   errors  validation: no such index, one that is still backfilled, a consistent read of a global
//           one
Result<ReadSource> find_source(const Context& context, const TableAccess& table,
                               const ItemRequest& request);

// That the index which is read holds all that a filter of a collection asks for.
//   errors  validation: it does not
Result<void> check_filter_projected(const ReadSource& source, const Condition& filter);

}  // namespace stator
