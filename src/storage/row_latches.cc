#include "storage/row_latches.h"

#include <algorithm>
#include <functional>

namespace stator {
namespace {

void sort_and_unite(std::vector<std::string_view>* keys) {
  std::sort(keys->begin(), keys->end());
  keys->erase(std::unique(keys->begin(), keys->end()), keys->end());
}

}  // namespace

RowLatches::Shard& RowLatches::shard_of(std::string_view key) {
  return shards_[std::hash<std::string_view>{}(key) % kShards];
}

bool RowLatches::acquire(std::string_view key, LatchUse use, OnTransaction on_transaction) {
  Shard& shard = shard_of(key);
  const MutexLock lock(&shard.mu);
  while (true) {
    const auto [held, is_taken] = shard.held.try_emplace(key, use);
    if (is_taken) return true;
    if (held->second == LatchUse::transaction && on_transaction == OnTransaction::refuse) {
      return false;
    }
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

RowLatches::Held RowLatches::lock(std::vector<std::string_view> keys, LatchUse use) {
  sort_and_unite(&keys);
  Held held(this);
  for (const std::string_view key : keys) acquire(key, use, OnTransaction::wait);
  held.keys_ = std::move(keys);
  return held;
}

RowLatches::Held RowLatches::lock_beside_transactions(std::vector<std::string_view> keys,
                                                      LatchUse use,
                                                      std::vector<std::string_view>* refused) {
  sort_and_unite(&keys);
  Held held(this);
  std::erase_if(keys, [&](std::string_view key) {
    if (acquire(key, use, OnTransaction::refuse)) return false;
    refused->push_back(key);
    return true;
  });
  held.keys_ = std::move(keys);
  return held;
}

bool RowLatches::is_being_written(std::string_view key) {
  Shard& shard = shard_of(key);
  const MutexLock lock(&shard.mu);
  const auto held = shard.held.find(key);
  return held != shard.held.end() && held->second != LatchUse::upkeep;
}

RowLatches::Held::~Held() {
  for (const std::string_view key : keys_) latches_->release(key);
}

}  // namespace stator
