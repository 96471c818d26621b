#include "simulate/load_run.h"

namespace stator {
namespace {

// Streams of one load that are drawn apart, so that one does not move the other.
constexpr std::uint64_t kArrivalStream = 0x61727269;

}  // namespace

LoadRun::LoadRun(const Load& load, const SimulatedTable& table, const Span& span,
                 std::uint64_t seed)
    : load_(&load),
      start_(span.start),
      end_(span.start + span.duration),
      partition_key_(load.partition_key),
      sort_key_(load.sort_key.value_or(KeyChoice{})),
      arrivals_(load.rate, load.arrivals, span.duration, Random(seed ^ kArrivalStream)),
      client_(load.client),
      random_(seed) {
  for (std::size_t i = 0; i < kLoadOperations; ++i) {
    weight_ += load.weights[i];
    drawn_[i] = table.drawn_by(load, static_cast<LoadOperation>(i));
  }
  if (!load.workers) advance_arrival();
}

void LoadRun::advance_arrival() {
  const std::optional<std::chrono::microseconds> next = arrivals_.next();
  next_arrival_ = next ? std::optional(start_ + *next) : std::nullopt;
}

LoadOperation LoadRun::next_operation() {
  double point = random_share(&random_) * weight_;
  std::size_t last = 0;
  for (std::size_t i = 0; i < kLoadOperations; ++i) {
    if (load_->weights[i] == 0) continue;
    last = i;
    if (point < load_->weights[i]) break;
    point -= load_->weights[i];
  }
  return static_cast<LoadOperation>(last);
}

SimulatedRequest LoadRun::next_request() {
  ++counts_.requests;
  SimulatedRequest request;
  request.load = load_;
  request.operation = next_operation();
  const std::uint64_t turn = turn_++;
  // Both in sequence: all items of a collection, then those of the next.
  const bool nested = partition_key_.is_sequential() && sort_key_.is_sequential();
  const std::uint64_t partition_turn = nested ? turn / sort_key_.choice().keys : turn;
  request.partition = partition_key_.choose(partition_turn, &random_);
  request.sort = sort_key_.choose(turn, &random_);
  const BytesRange& bytes = load_->bytes;
  request.bytes = bytes.from + static_cast<std::uint32_t>(random_.below(bytes.to - bytes.from + 1));
  request.drawn = drawn_[static_cast<std::size_t>(request.operation)];
  request.draw_seed = random_.next();
  return request;
}

std::optional<std::chrono::microseconds> LoadRun::answered(const Answer& answer) {
  if (!answer.throttled) {
    ++counts_.succeeded;
    client_.succeeded(answer.attempts);
    waits_.add(answer.waited);
    return std::nullopt;
  }
  ++counts_.throttled;
  const auto wait = client_.next_wait(answer.attempts, &random_);
  if (!wait) ++counts_.given_up;
  return wait;
}

LoadReport LoadRun::report() const {
  return {.name = load_->name,
          .table = load_->table,
          .index = load_->index,
          .total = counts_,
          .wait = waits_.report()};
}

}  // namespace stator
