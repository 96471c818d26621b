#include "storage/check.h"

#include <algorithm>
#include <map>
#include <optional>

#include "model/item.h"
#include "model/table.h"
#include "storage/catalog.h"
#include "storage/collection_check.h"
#include "storage/collection_row.h"
#include "storage/definition_bytes.h"
#include "storage/expiry_row.h"
#include "storage/index_row.h"
#include "storage/key_text.h"
#include "storage/row_key.h"

namespace stator {
namespace {

void add_problem(std::string text, CheckReport* report) {
  if (report->problem_count++ < CheckReport::kProblemsMax) {
    report->problems.push_back(std::move(text));
  }
}

std::string name_of(const TableDefinition& table) {
  return "table " + (table.space.empty() ? "" : table.space + "/") + table.name;
}

std::string name_of(const TableDefinition& table, const IndexDefinition& index) {
  return name_of(table) + ", index " + index.name;
}

bool has_key(const KeySchema& key, const MapView& item) {
  const auto has = [&item](const KeyAttribute& attribute) {
    const auto value = item.find(attribute.name);
    return value && is_index_key_value(attribute, *value);
  };
  return std::all_of(key.partition.begin(), key.partition.end(), has) &&
         std::all_of(key.sort.begin(), key.sort.end(), has);
}

// What is wrong with bytes that shall be an item of the table, or an entry of one; empty: nothing.
std::string_view fault_of_item(const TableDefinition& table, std::string_view bytes) {
  const Result<ItemView> item = ItemView::parse(bytes);
  if (!item) return "its bytes are damaged";
  if (item->logical_size() != logical_bytes(item->attributes())) return "its size is wrong";
  if (!has_key(table.key, item->attributes())) return "it lacks a key attribute of the table";
  return {};
}

// One table in one state of the store. A resource of one thread.
class TableCheck {
 public:
  TableCheck(const StoreView& view, const TableDefinition& table, CheckReport* report)
      : view_(view), table_(table), report_(*report) {}

  Result<void> run() {
    TRY(check_items());
    for (const IndexDefinition& index : table_.indexes) {
      if (!index.is_deleted()) TRY(check_index_rows(index));
    }
    return table_.has_expiry_rows() ? check_expiry_rows() : Result<void>();
  }

 private:
  RowCursor rows_of(std::uint32_t keyspace) const {
    return view_.scan({.first = keyspace_start(keyspace), .end = keyspace_end(keyspace)});
  }

  // Every item, its row in each index, and its collection's size.
  Result<void> check_items() {
    std::optional<CollectionCheck> collections = check_of_collections();
    RowCursor rows = rows_of(table_.keyspace);
    for (; rows.valid(); rows.next()) {
      ++report_.items;
      const std::string_view fault = fault_of_row(rows.key(), rows.value());
      if (!fault.empty()) {
        add_problem(item_text(rows.key()) + "the item cannot be used: " + std::string(fault),
                    &report_);
        continue;
      }
      const ItemView item = ItemView::trusted(rows.value());
      TRY(look_for_index_rows(item));
      if (table_.has_expiry_rows()) TRY(look_for_expiry_row(rows.key(), item));
      if (collections) collections->add(item.attributes(), bytes_in_collection(item));
    }
    TRY(rows.finished());
    return collections ? collections->finish() : Result<void>();
  }

  // What is wrong with a row of the table; empty: nothing.
  std::string_view fault_of_row(std::string_view key, std::string_view value) {
    const std::string_view fault = fault_of_item(table_, value);
    if (!fault.empty()) return fault;
    key_.clear();
    append_table_row_key(table_, ItemView::trusted(value).attributes(), &key_);
    if (key_ != key) return "it belongs under another key";
    return {};
  }

  // The rows that the item must have; what is in them is looked at in the index's turn.
  Result<void> look_for_index_rows(const ItemView& item) {
    for (const IndexDefinition& index : table_.indexes) {
      if (index.is_deleted() || !index.built) continue;
      if (!belongs_to_index(index, item.attributes())) continue;
      key_.clear();
      append_index_row_key(table_, index, item.attributes(), &key_);
      if (TRY(view_.get(key_, &buffer_))) continue;
      add_problem(index_text(index, key_) + "the row of an item is missing", &report_);
    }
    return {};
  }

  // Leaves in key_ the key of the row that the item makes; false: it makes none.
  bool make_expiry_key(std::string_view row_key, const ItemView& item) {
    const TimeToLive& time_to_live = *table_.time_to_live;
    const auto expires = expiry_time(time_to_live, item.attributes());
    key_.clear();
    if (expires) append_expiry_key(time_to_live.keyspace, *expires, row_key, &key_);
    return expires.has_value();
  }

  Result<void> look_for_expiry_row(std::string_view row_key, const ItemView& item) {
    if (!table_.time_to_live->built || !make_expiry_key(row_key, item)) return {};
    if (TRY(view_.get(key_, &buffer_))) return {};
    add_problem(item_text(row_key) + "the row that says when it expires is missing", &report_);
    return {};
  }

  Result<void> check_expiry_rows() {
    RowCursor rows = rows_of(table_.time_to_live->keyspace);
    for (; rows.valid(); rows.next()) {
      const auto row = parse_expiry_key(rows.key());
      const std::string row_key = row ? row_key_of(*row, table_.keyspace) : std::string();
      const bool has_item = row && TRY(view_.get(row_key, &buffer_));
      if (!has_item) {
        add_problem(name_of(table_) + ": an expiry row is that of no item", &report_);
        continue;
      }
      if (!fault_of_row(row_key, buffer_).empty()) continue;
      if (make_expiry_key(row_key, ItemView::trusted(buffer_)) && key_ == rows.key()) continue;
      add_problem(item_text(row_key) + "an expiry row says another time than the item", &report_);
    }
    return rows.finished();
  }

  std::int64_t bytes_in_collection(const ItemView& item) {
    std::int64_t bytes = stored_bytes(item.logical_size());
    for (const IndexDefinition& index : table_.indexes) {
      if (index.kind == IndexKind::global || !belongs_to_index(index, item.attributes())) continue;
      bytes += stored_bytes(entry_of(index, item).logical_size());
    }
    return bytes;
  }

  // What the index holds of the item; good until the next call.
  ItemView entry_of(const IndexDefinition& index, const ItemView& item) {
    entry_.clear();
    return index_entry(table_, index, item, &entry_);
  }

  std::optional<CollectionCheck> check_of_collections() {
    if (!table_.has_local_indexes()) return std::nullopt;
    return std::optional<CollectionCheck>(
        std::in_place, view_, table_,
        [this](std::string_view key, std::int64_t kept, std::int64_t counted) {
          add_problem(name_of(table_) + ", collection " + row_key_text(key, table_.key.partition) +
                          ": its size is kept as " + std::to_string(kept) +
                          " bytes, its items and their entries come to " + std::to_string(counted),
                      &report_);
        });
  }

  Result<void> check_index_rows(const IndexDefinition& index) {
    RowCursor rows = rows_of(index.keyspace);
    for (; rows.valid(); rows.next()) {
      ++report_.index_rows;
      const std::string_view fault = TRY(fault_of_index_row(index, rows.key(), rows.value()));
      if (!fault.empty()) {
        add_problem(index_text(index, rows.key()) + std::string(fault), &report_);
      }
    }
    return rows.finished();
  }

  // What is wrong with a row of the index; empty: nothing, or nothing beside its item.
  Result<std::string_view> fault_of_index_row(const IndexDefinition& index, std::string_view key,
                                              std::string_view value) {
    if (!fault_of_item(table_, value).empty()) return "the row's entry is damaged";
    item_key_.clear();
    append_table_row_key(table_, ItemView::trusted(value).attributes(), &item_key_);
    if (!TRY(view_.get(item_key_, &buffer_))) return "the row is that of no item";
    if (!fault_of_row(item_key_, buffer_).empty()) return std::string_view();
    const ItemView item = ItemView::trusted(buffer_);
    if (!belongs_to_index(index, item.attributes())) {
      return "the row's item does not belong to the index";
    }
    key_.clear();
    append_index_row_key(table_, index, item.attributes(), &key_);
    if (key_ != key) return "the row's item makes a row with another key";
    if (entry_of(index, item).bytes() != value) return "the row's entry is not that of its item";
    return std::string_view();
  }

  std::string item_text(std::string_view row_key) const {
    return name_of(table_) + ", " + row_key_text(row_key, row_key_attributes(table_)) + ": ";
  }

  std::string index_text(const IndexDefinition& index, std::string_view row_key) const {
    return name_of(table_, index) + ", " + index_row_key_text(row_key, table_, index) + ": ";
  }

  const StoreView& view_;
  const TableDefinition& table_;
  CheckReport& report_;
  std::string key_;  // buffers, used again for each row
  std::string item_key_;
  std::string entry_;
  std::string buffer_;
};

// The last part of the key of a definition's row, see catalog.h.
std::string defined_name(std::string_view row_key) {
  return std::string(row_key.substr(row_key.rfind('\0') + 1));
}

// Which part of which table has a keyspace.
class KeyspaceCheck {
 public:
  KeyspaceCheck(std::uint32_t next, CheckReport* report) : next_(next), report_(*report) {}

  void add(const TableDefinition& table) {
    add(table.keyspace, name_of(table));
    if (table.has_local_indexes()) add(table.collections_keyspace, name_of(table) + ", sizes");
    for (const IndexDefinition& index : table.indexes) add(index.keyspace, name_of(table, index));
    if (table.has_expiry_rows()) add(table.time_to_live->keyspace, name_of(table) + ", expiry");
  }

  // Those of streams; a table's latest is one of them.
  Result<void> add_streams(const StoreView& view) {
    RowCursor streams = scan_stream_definitions(view);
    for (; streams.valid(); streams.next()) {
      const std::uint32_t keyspace = keyspace_of_stream(streams.key());
      add(keyspace, "stream " + std::to_string(keyspace));
    }
    return streams.finished();
  }

 private:
  void add(std::uint32_t keyspace, const std::string& owner) {
    const auto [known, is_new] = owners_.emplace(keyspace, owner);
    const std::string number = "keyspace " + std::to_string(keyspace);
    if (!is_new) add_problem(owner + ": " + number + " is that of " + known->second, &report_);
    if (keyspace == 0 || (keyspace & ~kLogKeyspaces) >= next_) {
      add_problem(owner + ": " + number + " was never given away", &report_);
    }
  }

  const std::uint32_t next_;
  CheckReport& report_;
  std::map<std::uint32_t, std::string> owners_;
};

}  // namespace

Result<CheckReport> check_store(const StoreView& view) {
  CheckReport report;
  KeyspaceCheck keyspaces(TRY(next_keyspace(view)), &report);
  RowCursor definitions = scan_definitions(view);
  for (; definitions.valid(); definitions.next()) {
    const Result<TableDefinition> table = decode_definition(definitions.value());
    if (!table) {
      add_problem("table " + defined_name(definitions.key()) + ": its definition is damaged",
                  &report);
      continue;
    }
    keyspaces.add(*table);
    if (table->transition.status == TableStatus::deleting) continue;
    ++report.tables;
    TRY(TableCheck(view, *table, &report).run());
  }
  TRY(definitions.finished());
  TRY(keyspaces.add_streams(view));
  return report;
}

}  // namespace stator
