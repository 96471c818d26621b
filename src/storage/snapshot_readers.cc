#include "storage/snapshot_readers.h"

namespace stator {

std::uint64_t SnapshotReaders::begin() {
  const MutexLock lock(&mu_);
  alive_.insert(++last_);
  return last_;
}

void SnapshotReaders::end(std::uint64_t generation) {
  const MutexLock lock(&mu_);
  alive_.erase(generation);
  ended_.notify_all();
}

bool SnapshotReaders::is_newest_locked(std::uint64_t generation) const {
  return alive_.empty() || *alive_.begin() >= generation;
}

bool SnapshotReaders::is_newest(std::uint64_t generation) const {
  const MutexLock lock(&mu_);
  return is_newest_locked(generation);
}

void SnapshotReaders::wait_until_newest(std::uint64_t generation) const {
  const MutexLock lock(&mu_);
  while (!is_newest_locked(generation)) ended_.wait(mu_);
}

}  // namespace stator
