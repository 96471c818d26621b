// Which catalog snapshots somebody still works with.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <set>

#include "base/thread_annotations.h"

namespace stator {

// Counts the generations of a value that is swapped whole: each begins when it is published and
// ends when its last reader has let go of it. A resource; thread-safe.
class SnapshotReaders {
 public:
  // The number of the generation that begins, greater than all before.
  std::uint64_t begin();
  void end(std::uint64_t generation);

  // Whether no generation before this one is left.
  bool is_newest(std::uint64_t generation) const;

  // Waits until that is so; not to be called by somebody who reads an older one.
  void wait_until_newest(std::uint64_t generation) const;

 private:
  bool is_newest_locked(std::uint64_t generation) const REQUIRES(mu_);

  mutable Mutex mu_;
  mutable std::condition_variable_any ended_;
  std::uint64_t last_ GUARDED_BY(mu_) = 0;
  std::set<std::uint64_t> alive_ GUARDED_BY(mu_);
};

}  // namespace stator
