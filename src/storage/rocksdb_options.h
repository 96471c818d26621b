// How RocksDB is set up for the two kinds of rows.
#pragma once

#include <string_view>

namespace rocksdb {
struct ColumnFamilyOptions;
struct Options;
}  // namespace rocksdb

namespace stator {

// Of the rows of tables.
rocksdb::Options rocksdb_options(bool in_memory);

// Of the rows of logs, on what those of tables have.
rocksdb::ColumnFamilyOptions log_options(const rocksdb::Options& rows);

// Whether the key is one of a row, and not where a range of a log begins.
bool is_log_row(std::string_view key);

}  // namespace stator
