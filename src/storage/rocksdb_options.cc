#include "storage/rocksdb_options.h"

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/options.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <memory>

namespace stator {
namespace {

// RocksDB tells its story nowhere: what matters reaches us as a Status.
class SilentLogger final : public rocksdb::Logger {
 public:
  SilentLogger() : rocksdb::Logger(rocksdb::InfoLogLevel::HEADER_LEVEL) {}
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

constexpr std::size_t kBlockCacheBytes = 64 << 20;
constexpr std::size_t kMemoryBlockCacheBytes = 4 << 20;
constexpr std::size_t kWriteBufferBytes = 64 << 20;
// RocksDB grows a memtable by blocks of this size; small, because an idle database shall be small.
constexpr std::size_t kArenaBlockBytes = 256 << 10;

constexpr std::size_t kLogPrefixBytes = 8;

// Where the next row of a shard goes in: behind its last one. RocksDB keeps such a place for each
// prefix, but one for rows and erased ranges alike, although these are in lists of their own, and
// would put a row behind what is not in its list. So what begins a range has no prefix here: the
// number 0, which no row of a log has.
class ShardOfRow : public rocksdb::SliceTransform {
 public:
  const char* Name() const override { return "stator.ShardOfRow"; }
  bool InDomain(const rocksdb::Slice& key) const override {
    return is_log_row({key.data(), key.size()});
  }
  rocksdb::Slice Transform(const rocksdb::Slice& key) const override {
    return {key.data(), kLogPrefixBytes};
  }
};

}  // namespace

bool is_log_row(std::string_view key) {
  return key.size() > kLogPrefixBytes &&
         std::any_of(key.begin() + kLogPrefixBytes, key.end(), [](char c) { return c != 0; });
}

rocksdb::Options rocksdb_options(bool in_memory) {
  rocksdb::Options options;
  options.max_file_opening_threads = 1;  // more are started for no file as well, or throw
  options.info_log = std::make_shared<SilentLogger>();
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  options.max_open_files = -1;
  options.write_buffer_size = kWriteBufferBytes;
  options.arena_block_size = kArenaBlockBytes;
  options.compression = in_memory ? rocksdb::kNoCompression : rocksdb::kLZ4Compression;
  // A log cut short by a crash ends at its last whole record; anything else is damage.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  rocksdb::BlockBasedTableOptions table;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.block_cache =
      rocksdb::NewLRUCache(in_memory ? kMemoryBlockCacheBytes : kBlockCacheBytes, 2);
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

// Rows of a log come in the order of their keys, each under the eight bytes of its shard, and are
// read in that order: each goes in behind the last of its shard without a search, nobody asks
// whether a key is there, and there is little to gain from merging its tables.
rocksdb::ColumnFamilyOptions log_options(const rocksdb::Options& rows) {
  rocksdb::ColumnFamilyOptions options = rows;
  options.memtable_insert_with_hint_prefix_extractor = std::make_shared<ShardOfRow>();
  options.level0_file_num_compaction_trigger = 16;
  options.level0_slowdown_writes_trigger = 40;
  options.level0_stop_writes_trigger = 60;
  return options;
}

}  // namespace stator
