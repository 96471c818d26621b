// The directory of a store: its format and its one owner, settled before RocksDB touches anything.
//
//   DIR/STATOR := "stator format " version "\n"      locked by the process that has it open
//   DIR/rows/  := RocksDB's files
#pragma once

#include <string>

#include "base/result.h"

namespace stator {

// A locked directory. A resource: the lock goes with it.
class StoreDirectory {
 public:
  // Creates directory and marker where they are missing.
  //   errors  internal, with nothing changed on disk: not a directory, not writable, in use, not
  //           empty and not ours, or written by another format
  static Result<StoreDirectory> open(const std::string& path);

  // Takes one that is there as it is, and creates or changes nothing.
  //   errors  internal: those of open; missing, or nothing was ever stored in it
  static Result<StoreDirectory> open_as_it_is(const std::string& path);

  StoreDirectory(StoreDirectory&& other) noexcept : lock_(other.lock_) { other.lock_ = -1; }
  StoreDirectory& operator=(StoreDirectory&&) = delete;
  ~StoreDirectory();

  static constexpr int kFormat = 2;

 private:
  explicit StoreDirectory(int lock) : lock_(lock) {}
  static Result<StoreDirectory> lock(const std::string& path, int file);
  int lock_;  // a file descriptor, -1 once moved from
};

}  // namespace stator
