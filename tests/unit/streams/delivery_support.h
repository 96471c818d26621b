// A shard's delivery on a clock that is moved by hand, and what it does as readable text.
//
//   "invoke 1 2 3"                         a batch goes to the handler
//   "discard 1 2 RetryAttemptsExhausted 3" a batch is given up after three invocations
//   "invoke 1 window 0-10 {}"              seconds since kStart and the state; "final" and "early"
//                                          where they are set
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "streams/shard_delivery.h"

namespace stator::testing_support {

// A multiple of every tumbling window of the tests.
inline constexpr TimePoint kStart{std::chrono::seconds(1'699'999'200)};

// A record; records of one `key` wait for each other.
DeliveryRecord record(std::uint64_t number, std::uint64_t key = 0, TimePoint created = kStart,
                      std::string event = "{}");

// The records `first` to `last`, all of one key and created at kStart.
std::vector<DeliveryRecord> records(std::uint64_t first, std::uint64_t last);

std::string show(const DeliveryAction& action);

// What an invocation answers or suffers.
InvocationResult success(std::string answer = {});
InvocationResult function_error();
InvocationResult throttled();
InvocationResult item_failures(std::initializer_list<std::uint64_t> numbers);

// One shard, one mapping. Reports what it is told to do, and lets the test say how that ends.
class Delivery {
 public:
  explicit Delivery(MappingSettings settings, DeliveryCheckpoint checkpoint = {});

  // Adds records, which end in the shard's last one where `is_last`.
  void add(std::vector<DeliveryRecord> records, bool is_last = false);
  // The shard is closed, and there is no more in it.
  void end();

  // The next action as text; "" when there is none now.
  std::string next();
  // The end of the action of that lane that next() gave last.
  void ends(InvocationResult result = success(), std::size_t lane = 0);
  void discarded(std::size_t lane = 0) { delivery_->discarded(lane); }

  // Next, and at once its end.
  std::string next_ends(InvocationResult result = success());
  std::string next_discarded();

  void advance(std::chrono::milliseconds by) { now_ += by; }
  // Moves to where something is to be done, and says after how many milliseconds.
  std::int64_t wait();

  // As after a crash: all that was not kept is forgotten. Reading goes on behind the checkpoint.
  void restart();

  ShardDelivery& delivery() { return *delivery_; }
  std::uint64_t done() const { return delivery_->checkpoint().done; }
  TimePoint now() const { return now_; }
  std::optional<DeliveryAction> last_action;

 private:
  const MappingSettings settings_;
  std::unique_ptr<ShardDelivery> delivery_;
  TimePoint now_ = kStart;
};

}  // namespace stator::testing_support
