#include "streams/shard_tail.h"

#include <utility>

namespace stator {

TakenRecord::TakenRecord(TakenRecord&& other) noexcept
    : tail_(std::exchange(other.tail_, nullptr)), number_(other.number_) {}

TakenRecord::~TakenRecord() {
  if (tail_ != nullptr) tail_->settle(number_);
}

std::optional<TakenRecord> ShardTail::take() {
  const MutexLock lock(&mu_);
  if (closed_) return std::nullopt;
  pending_.push_back(false);
  return TakenRecord(this, next_++);
}

void ShardTail::close() {
  const MutexLock lock(&mu_);
  closed_ = true;
}

std::uint64_t ShardTail::settled() const {
  const MutexLock lock(&mu_);
  return next_ - pending_.size() - 1;
}

bool ShardTail::is_drained() const {
  const MutexLock lock(&mu_);
  return closed_ && pending_.empty();
}

void ShardTail::settle(std::uint64_t number) {
  const MutexLock lock(&mu_);
  pending_[pending_.size() - (next_ - number)] = true;
  while (!pending_.empty() && pending_.front()) pending_.pop_front();
}

}  // namespace stator
