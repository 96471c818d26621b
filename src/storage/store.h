// The ordered rows: RocksDB, in memory or in a directory.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace stator {

// Keys whose first bit is set are those of logs: rows that come in the order of their keys under
// their first eight bytes, and that are never overwritten. They are kept apart from the other rows,
// and a scan does not go from the one to the other.
inline constexpr std::uint32_t kLogKeyspaces = 0x8000'0000;

struct StoreOptions {
  std::string directory;      // empty: in memory
  bool sync_commits = false;  // a commit returns after its bytes are on the device
  // A directory is opened as it is, and nothing in it is created or changed; every commit fails.
  bool read_only = false;
  bool must_exist = false;  // a directory in which nothing was ever stored is refused
};

// One row of a commit; the bytes belong to the caller.
struct RowWrite {
  std::string_view key;
  std::string_view value;
  bool erase = false;
};

// Where a scan starts, where it ends and which way it goes; [first, end) in either direction.
struct RowRange {
  std::string first;
  std::string end;
  bool backward = false;
};

// A position in a consistent view of the rows of a range. A resource of one thread.
//   for (; cursor.valid(); cursor.next()) use(cursor.key(), cursor.value());
// The views are good until next().
class RowCursor {
 public:
  RowCursor(RowCursor&&) noexcept;
  ~RowCursor();

  bool valid() const;
  void next();
  std::string_view key() const;
  std::string_view value() const;

  // Whether the end was reached because there is no more, and not because reading failed.
  //   errors  internal
  Result<void> finished() const;

 private:
  friend class Store;
  friend class StoreView;
  struct Position;
  explicit RowCursor(std::unique_ptr<Position> position);

  std::unique_ptr<Position> position_;
};

// All rows as they stood at one moment, whatever is committed meanwhile. A resource; thread-safe;
// lives shorter than the store and longer than its cursors.
class StoreView {
 public:
  StoreView(StoreView&&) noexcept;
  ~StoreView();

  // As those of Store.
  Result<bool> get(std::string_view key, std::string* value) const;
  RowCursor scan(const RowRange& range) const;

 private:
  friend class Store;
  struct Moment;
  explicit StoreView(std::unique_ptr<Moment> moment);

  std::unique_ptr<Moment> moment_;
};

// A resource; thread-safe. After a write has failed it refuses writes and goes on reading.
class Store {
 public:
  // Creates the directory if it is missing, unless that is to be read only.
  //   errors  internal: one line that names the directory; then nothing on disk has changed
  static Result<std::unique_ptr<Store>> open(StoreOptions options);

  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  ~Store();

  // Overwrites *value with the row's bytes and returns true, or returns false.
  Result<bool> get(std::string_view key, std::string* value) const;

  RowCursor scan(const RowRange& range) const;

  StoreView view() const;

  // All rows or none, in one batch; the only way in which anything is written.
  Result<void> commit(std::span<const RowWrite> rows);

  // Removes all rows of [first, end); not atomic with anything else.
  Result<void> erase_range(std::string_view first, std::string_view end);

  // Removes all rows of the ranges, which are whole keyspaces, and commits `rows`: all of it or
  // nothing, in one batch.
  Result<void> erase_ranges(std::span<const RowRange> ranges, std::span<const RowWrite> rows);

  // About how much the rows of [first, end) take, as they are kept. Cheap; may be 0 of a few.
  std::uint64_t approximate_bytes(std::string_view first, std::string_view end) const;

  // "memory", or the directory.
  std::string_view name() const;

 private:
  struct Files;
  struct Batch;
  explicit Store(std::unique_ptr<Files> files);
  Result<void> refused() const;
  Result<void> add_erasure(const RowRange& range, Batch* batch) const;

  const std::unique_ptr<Files> files_;
};

}  // namespace stator
