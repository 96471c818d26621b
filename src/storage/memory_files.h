// Where RocksDB keeps the files of a database that lives in memory.
#pragma once

#include <memory>

namespace rocksdb {
class Env;
}

namespace stator {

// An environment whose files are in memory and go with it. RocksDB has one whose every file is one
// block that doubles as it grows: to write a table there costs twice its size in copies and in
// fresh pages, and up to its size is left over. Here a table is a list of blocks, which the next
// table uses again.
std::unique_ptr<rocksdb::Env> memory_env();

}  // namespace stator
