#include "storage/store.h"

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/snapshot.h>

#include <algorithm>
#include <atomic>
#include <optional>

#include "storage/directory.h"
#include "storage/memory_files.h"
#include "storage/rocksdb_options.h"
#include "storage/store_env.h"

namespace stator {
namespace {

rocksdb::Slice slice(std::string_view bytes) {
  return {bytes.data(), bytes.size()};
}
std::string_view view(const rocksdb::Slice& bytes) {
  return {bytes.data(), bytes.size()};
}

Error store_error(std::string_view what, const rocksdb::Status& status) {
  return Error(ErrorCode::internal, std::string(what) + ": " + status.ToString());
}

// RocksDB finds the place of a row in a memtable from that of the row before: worth a sort where
// many rows of several keyspaces take turns, as those of items that expire together.
constexpr std::size_t kRowsSortedMin = 32;

// A range tombstone is looked at by every later read; worth it only for more rows than this. A row
// that is erased by itself takes some 4 us: those of a dozen tables, 6 ms.
constexpr std::size_t kRowsErasedSingly = 128;

constexpr char kLogFamily[] = "log";

// Where the two kinds of rows are kept.
struct Families {
  rocksdb::ColumnFamilyHandle* rows = nullptr;
  rocksdb::ColumnFamilyHandle* log = nullptr;

  rocksdb::ColumnFamilyHandle* of(std::string_view key) const {
    constexpr unsigned char kLogBit = kLogKeyspaces >> 24;
    const bool is_log = !key.empty() && (static_cast<unsigned char>(key.front()) & kLogBit) != 0;
    return is_log ? log : rows;
  }
};

// What memory holds is not checked for what a disk may do to it.
rocksdb::ReadOptions read_options(bool in_memory) {
  rocksdb::ReadOptions options;
  options.verify_checksums = !in_memory;
  return options;
}

std::vector<RowWrite> in_order(std::span<const RowWrite> rows) {
  std::vector<RowWrite> sorted(rows.begin(), rows.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const RowWrite& a, const RowWrite& b) { return a.key < b.key; });
  return sorted;
}

Result<bool> get_row(rocksdb::DB* db, const Families& families, const rocksdb::ReadOptions& options,
                     std::string_view key, std::string* value) {
  const rocksdb::Status status = db->Get(options, families.of(key), slice(key), value);
  if (status.ok()) return true;
  if (status.IsNotFound()) return false;
  return store_error("the store cannot be read", status);
}

// Closes its families before itself.
class OpenRows {
 public:
  OpenRows(std::unique_ptr<rocksdb::DB> db, std::vector<rocksdb::ColumnFamilyHandle*> handles)
      : db_(std::move(db)),
        handles_(std::move(handles)),
        families_{.rows = handles_.front(), .log = handles_.back()} {}
  OpenRows(const OpenRows&) = delete;
  OpenRows& operator=(const OpenRows&) = delete;
  ~OpenRows() {
    for (rocksdb::ColumnFamilyHandle* const handle : handles_) {
      db_->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
    }
  }

  rocksdb::DB* get() const { return db_.get(); }
  rocksdb::DB* operator->() const { return db_.get(); }
  const Families& families() const { return families_; }

 private:
  const std::unique_ptr<rocksdb::DB> db_;
  const std::vector<rocksdb::ColumnFamilyHandle*> handles_;  // one where there is no log yet
  const Families families_;
};

// A directory that is only read has no log if it never took a record.
bool has_log(const rocksdb::Options& options, const std::string& path) {
  std::vector<std::string> names;
  const rocksdb::Status status = rocksdb::DB::ListColumnFamilies(options, path, &names);
  return status.ok() && std::find(names.begin(), names.end(), kLogFamily) != names.end();
}

Result<std::unique_ptr<OpenRows>> open_rows(const rocksdb::Options& options,
                                            const std::string& path, const StoreOptions& store) {
  std::vector<rocksdb::ColumnFamilyDescriptor> families = {
      {rocksdb::kDefaultColumnFamilyName, options}};
  if (!store.read_only || has_log(options, path)) {
    families.emplace_back(kLogFamily, log_options(options));
  }
  rocksdb::DB* db = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  const rocksdb::Status status =
      store.read_only ? rocksdb::DB::OpenForReadOnly(options, path, families, &handles, &db)
                      : rocksdb::DB::Open(options, path, families, &handles, &db);
  if (!status.ok()) return store_error("cannot open the directory " + store.directory, status);
  return std::make_unique<OpenRows>(std::unique_ptr<rocksdb::DB>(db), std::move(handles));
}

Result<void> add_row(const Families& families, const RowWrite& row, rocksdb::WriteBatch* batch) {
  rocksdb::ColumnFamilyHandle* const family = families.of(row.key);
  const rocksdb::Status status = row.erase ? batch->Delete(family, slice(row.key))
                                           : batch->Put(family, slice(row.key), slice(row.value));
  if (!status.ok()) return store_error("the store cannot write", status);
  return {};
}

}  // namespace

struct Store::Batch : rocksdb::WriteBatch {};

struct Store::Files {
  std::string name;
  std::optional<StoreDirectory> directory;
  std::unique_ptr<rocksdb::Env> memory;  // null on a directory; outlives env
  std::unique_ptr<rocksdb::Env> env;     // outlives opened
  std::unique_ptr<OpenRows> opened;
  rocksdb::WriteOptions write_options;
  rocksdb::ReadOptions read;
  std::atomic<bool> writes_failed{false};

  // After a write that failed there is no other.
  Result<void> write(rocksdb::WriteBatch* batch) {
    if (batch->Count() == 0) return {};
    const rocksdb::Status status = (*opened)->Write(write_options, batch);
    if (status.ok()) return {};
    writes_failed.store(true);
    return store_error("the store cannot write", status);
  }
};

struct RowCursor::Position {
  std::string first;
  std::string end;
  rocksdb::Slice lower;
  rocksdb::Slice upper;
  bool backward = false;
  std::unique_ptr<rocksdb::Iterator> rows;

  static std::unique_ptr<Position> of(const OpenRows& opened, rocksdb::ReadOptions options,
                                      const RowRange& range);
};

std::unique_ptr<RowCursor::Position> RowCursor::Position::of(const OpenRows& opened,
                                                             rocksdb::ReadOptions options,
                                                             const RowRange& range) {
  auto position = std::make_unique<Position>();
  position->first = range.first;
  position->end = range.end;
  position->lower = position->first;
  position->upper = position->end;
  position->backward = range.backward;
  options.iterate_lower_bound = &position->lower;
  if (!range.end.empty()) options.iterate_upper_bound = &position->upper;
  position->rows.reset(opened->NewIterator(options, opened.families().of(range.first)));
  if (range.backward) {
    position->rows->SeekToLast();
  } else {
    position->rows->SeekToFirst();
  }
  return position;
}

RowCursor::RowCursor(std::unique_ptr<Position> position) : position_(std::move(position)) {}
RowCursor::RowCursor(RowCursor&&) noexcept = default;
RowCursor::~RowCursor() = default;

bool RowCursor::valid() const {
  return position_->rows->Valid();
}

void RowCursor::next() {
  if (position_->backward) {
    position_->rows->Prev();
  } else {
    position_->rows->Next();
  }
}

std::string_view RowCursor::key() const {
  return view(position_->rows->key());
}

std::string_view RowCursor::value() const {
  return view(position_->rows->value());
}

Result<void> RowCursor::finished() const {
  const rocksdb::Status status = position_->rows->status();
  if (!status.ok()) return store_error("the store cannot be read", status);
  return {};
}

struct StoreView::Moment {
  Moment(const OpenRows& of, const rocksdb::ReadOptions& options)
      : opened(of), snapshot(of.get()), read(options) {
    read.snapshot = snapshot.snapshot();
  }

  const OpenRows& opened;
  rocksdb::ManagedSnapshot snapshot;
  rocksdb::ReadOptions read;
};

StoreView::StoreView(std::unique_ptr<Moment> moment) : moment_(std::move(moment)) {}
StoreView::StoreView(StoreView&&) noexcept = default;
StoreView::~StoreView() = default;

Result<bool> StoreView::get(std::string_view key, std::string* value) const {
  return get_row(moment_->opened.get(), moment_->opened.families(), moment_->read, key, value);
}

RowCursor StoreView::scan(const RowRange& range) const {
  return RowCursor(RowCursor::Position::of(moment_->opened, moment_->read, range));
}

Store::Store(std::unique_ptr<Files> files) : files_(std::move(files)) {}
Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(StoreOptions options) {
  auto files = std::make_unique<Files>();
  const bool in_memory = options.directory.empty();
  rocksdb::Options rocksdb = rocksdb_options(in_memory);
  const bool must_exist = options.read_only || options.must_exist;
  rocksdb.create_if_missing = !must_exist;
  rocksdb.create_missing_column_families = !options.read_only;
  files->read = read_options(in_memory);
  std::string path = "/stator";
  if (in_memory) {
    files->name = "memory";
    files->memory = memory_env();
    rocksdb.env = files->memory.get();
    files->write_options.disableWAL = true;
  } else {
    files->name = options.directory;
    files->directory.emplace(TRY(must_exist ? StoreDirectory::open_as_it_is(options.directory)
                                            : StoreDirectory::open(options.directory)));
    path = options.directory + "/rows";
    files->write_options.sync = options.sync_commits;
  }
  files->env = make_store_env(rocksdb.env);
  rocksdb.env = files->env.get();
  files->opened = TRY(open_rows(rocksdb, path, options));
  return std::unique_ptr<Store>(new Store(std::move(files)));
}

Result<bool> Store::get(std::string_view key, std::string* value) const {
  return get_row(files_->opened->get(), files_->opened->families(), files_->read, key, value);
}

RowCursor Store::scan(const RowRange& range) const {
  return RowCursor(RowCursor::Position::of(*files_->opened, files_->read, range));
}

StoreView Store::view() const {
  return StoreView(std::make_unique<StoreView::Moment>(*files_->opened, files_->read));
}

Result<void> Store::refused() const {
  return Error(ErrorCode::internal,
               "the store takes no more writes because one has failed; it can still be read");
}

Result<void> Store::commit(std::span<const RowWrite> rows) {
  if (files_->writes_failed.load()) return refused();
  std::vector<RowWrite> sorted;
  if (rows.size() >= kRowsSortedMin) {
    sorted = in_order(rows);
    rows = sorted;
  }
  std::size_t bytes = 16;
  for (const RowWrite& row : rows) bytes += row.key.size() + row.value.size() + 16;
  rocksdb::WriteBatch batch(bytes);
  const Families& families = files_->opened->families();
  for (const RowWrite& row : rows) TRY(add_row(families, row, &batch));
  return files_->write(&batch);
}

// Each row by itself, or from some number of rows on the range.
Result<void> Store::add_erasure(const RowRange& range, Batch* batch) const {
  RowCursor rows = scan(range);
  rocksdb::ColumnFamilyHandle* const family = files_->opened->families().of(range.first);
  batch->SetSavePoint();
  for (std::size_t count = 0; rows.valid() && count < kRowsErasedSingly; ++count, rows.next()) {
    batch->Delete(family, slice(rows.key()));
  }
  TRY(rows.finished());
  if (!rows.valid()) {
    batch->PopSavePoint();
    return {};
  }
  batch->RollbackToSavePoint();
  batch->DeleteRange(family, slice(range.first), slice(range.end));
  return {};
}

Result<void> Store::erase_ranges(std::span<const RowRange> ranges, std::span<const RowWrite> rows) {
  if (files_->writes_failed.load()) return refused();
  Batch batch;
  for (const RowRange& range : ranges) TRY(add_erasure(range, &batch));
  for (const RowWrite& row : rows) TRY(add_row(files_->opened->families(), row, &batch));
  return files_->write(&batch);
}

Result<void> Store::erase_range(std::string_view first, std::string_view end) {
  if (files_->writes_failed.load()) return refused();
  const RowRange range{.first = std::string(first), .end = std::string(end)};
  const Families& families = files_->opened->families();
  rocksdb::ColumnFamilyHandle* const family = families.of(first);
  if (family == families.rows || !is_log_row(first)) {
    return erase_ranges({&range, 1}, {});
  }
  RowCursor rows = scan(range);
  do {
    rocksdb::WriteBatch batch;
    for (std::size_t count = 0; rows.valid() && count < kRowsErasedSingly; ++count, rows.next()) {
      batch.Delete(family, rows.key());
    }
    TRY(rows.finished());
    TRY(files_->write(&batch));
  } while (rows.valid());
  return {};
}

std::uint64_t Store::approximate_bytes(std::string_view first, std::string_view end) const {
  const rocksdb::Range range(slice(first), slice(end));
  rocksdb::SizeApproximationOptions options;
  options.include_memtables = true;
  std::uint64_t bytes = 0;
  const OpenRows& opened = *files_->opened;
  const rocksdb::Status status =
      opened->GetApproximateSizes(options, opened.families().of(first), &range, 1, &bytes);
  return status.ok() ? bytes : 0;
}

std::string_view Store::name() const {
  return files_->name;
}

}  // namespace stator
