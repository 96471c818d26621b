// Threads for RocksDB: those of its own are one pool for the process, which stays when the last
// store has gone, and which an embedder may use itself.
#pragma once

#include <memory>

namespace rocksdb {
class Env;
}

namespace stator {

// An environment with the files of another, which outlives it, and threads of its own: one for
// flushes, one for compactions, each there from its first job until the environment ends. Outlives
// the databases that are opened with it.
std::unique_ptr<rocksdb::Env> make_store_env(rocksdb::Env* files);

}  // namespace stator
