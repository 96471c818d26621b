#include "storage/memory_files.h"

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/thread_annotations.h"

namespace stator {
namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

constexpr std::size_t kBlockBytes = 1 << 20;
constexpr std::size_t kSpareBlocksMax = 64;

using Block = std::unique_ptr<char[]>;

// Blocks that files gave back: memory that the kernel need not clear again. A resource;
// thread-safe.
class Blocks {
 public:
  Block take() {
    {
      const MutexLock lock(&mu_);
      if (!spare_.empty()) {
        Block block = std::move(spare_.back());
        spare_.pop_back();
        return block;
      }
    }
    return Block(new char[kBlockBytes]);
  }

  void give_back(std::vector<Block> blocks) {
    const MutexLock lock(&mu_);
    for (Block& block : blocks) {
      if (spare_.size() < kSpareBlocksMax) spare_.push_back(std::move(block));
    }
  }

 private:
  Mutex mu_;
  std::vector<Block> spare_ GUARDED_BY(mu_);
};

// The bytes of a table. It is written by one thread, and read when it is written.
class TableBytes {
 public:
  explicit TableBytes(std::shared_ptr<Blocks> blocks) : blocks_(std::move(blocks)) {}
  TableBytes(const TableBytes&) = delete;
  TableBytes& operator=(const TableBytes&) = delete;
  ~TableBytes() { blocks_->give_back(std::move(whole_)); }

  std::size_t size() const { return size_; }

  void append(std::string_view bytes) {
    while (!bytes.empty()) {
      const std::size_t used = size_ % kBlockBytes;
      if (used == 0) whole_.push_back(blocks_->take());
      const std::size_t count = std::min(bytes.size(), kBlockBytes - used);
      std::memcpy(whole_.back().get() + used, bytes.data(), count);
      bytes.remove_prefix(count);
      size_ += count;
    }
  }

  // No more bytes come: most tables are small, and what is left of a block would be theirs.
  void finish() {
    const std::size_t used = size_ % kBlockBytes;
    if (used == 0 || last_ != nullptr) return;
    last_.reset(new char[used]);
    std::memcpy(last_.get(), whole_.back().get(), used);
    std::vector<Block> spare;
    spare.push_back(std::move(whole_.back()));
    whole_.pop_back();
    blocks_->give_back(std::move(spare));
  }

  //   returns  how many bytes there were
  std::size_t read(std::size_t offset, std::size_t count, char* out) const {
    count = std::min(count, size_ - std::min(offset, size_));
    for (std::size_t done = 0; done < count;) {
      const std::size_t block = (offset + done) / kBlockBytes;
      const std::size_t at = (offset + done) % kBlockBytes;
      const std::size_t part = std::min(count - done, kBlockBytes - at);
      const Block& from = block < whole_.size() ? whole_[block] : last_;
      std::memcpy(out + done, from.get() + at, part);
      done += part;
    }
    return count;
  }

 private:
  const std::shared_ptr<Blocks> blocks_;
  std::vector<Block> whole_;
  Block last_;  // of a finished table, of its own size
  std::size_t size_ = 0;
};

class TableWriter final : public rocksdb::FSWritableFile {
 public:
  explicit TableWriter(std::shared_ptr<TableBytes> bytes) : bytes_(std::move(bytes)) {}

  IOStatus Append(const Slice& data, const IOOptions&, IODebugContext*) override {
    bytes_->append({data.data(), data.size()});
    return IOStatus::OK();
  }
  IOStatus Append(const Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo&,
                  IODebugContext* debug) override {
    return Append(data, options, debug);
  }
  IOStatus Close(const IOOptions&, IODebugContext*) override {
    bytes_->finish();
    return IOStatus::OK();
  }
  IOStatus Flush(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  IOStatus Sync(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  std::uint64_t GetFileSize(const IOOptions&, IODebugContext*) override { return bytes_->size(); }

 private:
  const std::shared_ptr<TableBytes> bytes_;
};

class TableReader final : public rocksdb::FSRandomAccessFile {
 public:
  explicit TableReader(std::shared_ptr<const TableBytes> bytes) : bytes_(std::move(bytes)) {}

  IOStatus Read(std::uint64_t offset, std::size_t count, const IOOptions&, Slice* result,
                char* scratch, IODebugContext*) const override {
    *result = Slice(scratch, bytes_->read(offset, count, scratch));
    return IOStatus::OK();
  }

 private:
  const std::shared_ptr<const TableBytes> bytes_;
};

bool is_table(std::string_view path) {
  return path.ends_with(".sst");
}

// Tables are here; the few small files beside them are RocksDB's own, in memory as well. RocksDB
// opens a table for reading when it is written, names it once, and never renames it.
class MemoryFiles final : public rocksdb::FileSystemWrapper {
 public:
  using FileSystemWrapper::FileSystemWrapper;

  const char* Name() const override { return "stator::MemoryFiles"; }

  IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                           std::unique_ptr<rocksdb::FSWritableFile>* file,
                           IODebugContext* debug) override {
    if (!is_table(path)) return FileSystemWrapper::NewWritableFile(path, options, file, debug);
    auto bytes = std::make_shared<TableBytes>(blocks_);
    file->reset(new TableWriter(bytes));
    const MutexLock lock(&mu_);
    tables_[path] = std::move(bytes);
    return IOStatus::OK();
  }

  IOStatus NewRandomAccessFile(const std::string& path, const rocksdb::FileOptions& options,
                               std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
                               IODebugContext* debug) override {
    if (!is_table(path)) return FileSystemWrapper::NewRandomAccessFile(path, options, file, debug);
    const std::shared_ptr<TableBytes> bytes = find(path);
    if (bytes == nullptr) return IOStatus::PathNotFound(path);
    file->reset(new TableReader(bytes));
    return IOStatus::OK();
  }

  IOStatus FileExists(const std::string& path, const IOOptions& options,
                      IODebugContext* debug) override {
    if (!is_table(path)) return FileSystemWrapper::FileExists(path, options, debug);
    return find(path) == nullptr ? IOStatus::NotFound(path) : IOStatus::OK();
  }

  IOStatus GetFileSize(const std::string& path, const IOOptions& options, std::uint64_t* size,
                       IODebugContext* debug) override {
    if (!is_table(path)) return FileSystemWrapper::GetFileSize(path, options, size, debug);
    const std::shared_ptr<TableBytes> bytes = find(path);
    if (bytes == nullptr) return IOStatus::PathNotFound(path);
    *size = bytes->size();
    return IOStatus::OK();
  }

  IOStatus DeleteFile(const std::string& path, const IOOptions& options,
                      IODebugContext* debug) override {
    if (!is_table(path)) return FileSystemWrapper::DeleteFile(path, options, debug);
    std::shared_ptr<TableBytes> gone;  // after the lock
    const MutexLock lock(&mu_);
    const auto found = tables_.find(path);
    if (found == tables_.end()) return IOStatus::PathNotFound(path);
    gone = std::move(found->second);
    tables_.erase(found);
    return IOStatus::OK();
  }

  IOStatus GetChildren(const std::string& directory, const IOOptions& options,
                       std::vector<std::string>* names, IODebugContext* debug) override {
    const IOStatus status = FileSystemWrapper::GetChildren(directory, options, names, debug);
    if (!status.ok()) return status;
    const MutexLock lock(&mu_);
    for (const auto& [path, bytes] : tables_) {
      const std::size_t slash = path.rfind('/');
      if (path.substr(0, slash) == directory) names->push_back(path.substr(slash + 1));
    }
    return status;
  }

 private:
  std::shared_ptr<TableBytes> find(const std::string& path) const {
    const MutexLock lock(&mu_);
    const auto found = tables_.find(path);
    return found == tables_.end() ? nullptr : found->second;
  }

  const std::shared_ptr<Blocks> blocks_ = std::make_shared<Blocks>();
  mutable Mutex mu_;
  std::map<std::string, std::shared_ptr<TableBytes>> tables_ GUARDED_BY(mu_);
};

}  // namespace

std::unique_ptr<rocksdb::Env> memory_env() {
  std::unique_ptr<rocksdb::Env> small_files(rocksdb::NewMemEnv(rocksdb::Env::Default()));
  return rocksdb::NewCompositeEnv(std::make_shared<MemoryFiles>(small_files->GetFileSystem()));
}

}  // namespace stator
