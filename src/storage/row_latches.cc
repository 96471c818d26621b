#include "storage/row_latches.h"

#include <algorithm>
#include <functional>

namespace stator {

RowLatches::Shard& RowLatches::shard_of(std::string_view key) {
  return shards_[std::hash<std::string_view>{}(key) % kShards];
}

void RowLatches::acquire(std::string_view key) {
  Shard& shard = shard_of(key);
  const MutexLock lock(&shard.mu);
  while (!shard.held.insert(key).second) {
    ++shard.waiting;
    shard.freed.wait(shard.mu);
    --shard.waiting;
  }
}

void RowLatches::release(std::string_view key) {
  Shard& shard = shard_of(key);
  const MutexLock lock(&shard.mu);
  shard.held.erase(key);
  if (shard.waiting > 0) shard.freed.notify_all();
}

RowLatches::Held RowLatches::lock(std::vector<std::string_view> keys) {
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  Held held(this);
  for (const std::string_view key : keys) acquire(key);
  held.keys_ = std::move(keys);
  return held;
}

RowLatches::Held::~Held() {
  for (const std::string_view key : keys_) latches_->release(key);
}

}  // namespace stator
