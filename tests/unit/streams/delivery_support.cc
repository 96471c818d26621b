#include "delivery_support.h"

#include "base/check.h"

namespace stator::testing_support {
namespace {

std::string seconds_since_start(TimePoint time) {
  return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(time - kStart).count());
}

}  // namespace

DeliveryRecord record(std::uint64_t number, std::uint64_t key, TimePoint created,
                      std::string event) {
  return {.number = number,
          .sequence_number = std::to_string(number),
          .key_hash = key,
          .created = created,
          .event = std::move(event)};
}

std::vector<DeliveryRecord> records(std::uint64_t first, std::uint64_t last) {
  std::vector<DeliveryRecord> made;
  for (std::uint64_t number = first; number <= last; ++number) made.push_back(record(number));
  return made;
}

std::string show(const DeliveryAction& action) {
  std::string text = action.discard ? "discard" : "invoke";
  for (const DeliveryRecord* const one : action.records) text += " " + one->sequence_number;
  if (action.discard) {
    text += " " + std::string(name_of(action.discard->condition)) + " " +
            std::to_string(action.discard->invocations);
  }
  if (action.window) {
    text += " window " + seconds_since_start(action.window->start) + "-" +
            seconds_since_start(action.window->end) + " " + action.window->state;
    if (action.window->is_final) text += " final";
    if (action.window->is_terminated_early) text += " early";
  }
  return text;
}

InvocationResult success(std::string answer) {
  InvocationResult result;
  result.answer = std::move(answer);
  return result;
}

InvocationResult function_error() {
  InvocationResult result;
  result.outcome = InvocationOutcome::function_error;
  result.function_error = "Unhandled";
  return result;
}

InvocationResult throttled() {
  InvocationResult result;
  result.outcome = InvocationOutcome::not_invoked;
  result.status_code = 429;
  return result;
}

InvocationResult item_failures(std::initializer_list<std::uint64_t> numbers) {
  std::string failures;
  for (const std::uint64_t number : numbers) {
    failures += (failures.empty() ? "" : ",") + std::string(R"({"itemIdentifier":")") +
                std::to_string(number) + R"("})";
  }
  return success(R"({"batchItemFailures":[)" + failures + "]}");
}

Delivery::Delivery(MappingSettings settings, DeliveryCheckpoint checkpoint)
    : settings_(settings), delivery_(std::make_unique<ShardDelivery>(settings, checkpoint)) {}

void Delivery::add(std::vector<DeliveryRecord> records, bool is_last) {
  const std::uint64_t after = delivery_->read_after();
  const std::uint64_t last = records.empty() ? after : records.back().number;
  delivery_->add(
      {.records = std::move(records), .after = after, .read_through = last, .is_last = is_last},
      now_);
}

void Delivery::end() {
  add({}, true);
}

std::string Delivery::next() {
  last_action = delivery_->next(now_);
  return last_action ? show(*last_action) : "";
}

void Delivery::ends(InvocationResult result, std::size_t lane) {
  delivery_->invoked(lane, std::move(result), now_);
}

std::string Delivery::next_ends(InvocationResult result) {
  std::string text = next();
  if (last_action) ends(std::move(result), last_action->lane);
  return text;
}

std::string Delivery::next_discarded() {
  std::string text = next();
  if (last_action) discarded(last_action->lane);
  return text;
}

std::int64_t Delivery::wait() {
  const auto at = delivery_->wake_at(now_);
  CHECK(at.has_value());
  const TimePoint before = now_;
  now_ = std::max(now_, *at);
  return std::chrono::duration_cast<std::chrono::milliseconds>(now_ - before).count();
}

void Delivery::restart() {
  std::string kept;
  append_checkpoint(delivery_->checkpoint(), &kept);
  const auto checkpoint = decode_checkpoint(kept);
  CHECK(checkpoint.has_value());
  delivery_ = std::make_unique<ShardDelivery>(settings_, *checkpoint);
}

}  // namespace stator::testing_support
