#include "streams/batch_lane.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "streams/handler_response.h"

namespace stator {
namespace {

// Of an event, beside its records and the commas between them: its brackets, and what stands in the
// event of a window beside the state.
constexpr std::size_t kEnvelopeBytes = 1024;

}  // namespace

void BatchLane::add(DeliveryRecord record, TimePoint now) {
  bytes_ += record.event.size();
  records_.push_back({std::move(record), now});
}

std::optional<std::uint64_t> BatchLane::first_pending() const {
  if (records_.empty()) return std::nullopt;
  return records_.front().record.number;
}

// Whether a record may follow the first one in its batch: a batch is of one window.
bool BatchLane::is_in_batch(const Waiting& waiting) const {
  if (!has_window()) return true;
  const TimePoint created = waiting.record.created;
  if (window_.open()) return window_.holds(created);
  return window_.start_for(created) <= window_.start_for(records_.front().record.created);
}

// How many of the waiting records make the next batch, and whether waiting would not add to them.
std::size_t BatchLane::batch_count(bool* is_full) const {
  std::size_t bytes = kEnvelopeBytes + (window_.open() ? window_.open()->state.size() : 0);
  std::size_t count = 0;
  for (const Waiting& waiting : records_) {
    bytes += waiting.record.event.size() + 1;
    *is_full = count == settings_.batch_size ||
               (count > 0 && bytes > settings_.payload_bytes_max) || !is_in_batch(waiting);
    if (*is_full) return count;
    ++count;
  }
  *is_full = count == settings_.batch_size;
  return count;
}

// When the records that wait are handed out though there are few of them.
TimePoint BatchLane::batch_due(const LaneTime& time) const {
  if (time.is_last) return time.now;
  const TimePoint due = records_.front().received + settings_.batching_window;
  return window_.open() ? std::min(due, window_.end()) : due;
}

// Whether nothing more can come into the open window but what is late.
bool BatchLane::window_is_over(const LaneTime& time) const {
  if (!window_.open()) return false;
  if (window_.open()->ends_early) return true;
  if (!records_.empty()) return !window_.holds(records_.front().record.created);
  return time.is_last || window_.end() <= time.now;
}

void BatchLane::form_batch(const LaneTime& time) {
  if (window_is_over(time)) {
    batches_.push_back({.is_final = true});
    return;
  }
  if (records_.empty()) return;
  bool is_full = false;
  const std::size_t count = batch_count(&is_full);
  if (!is_full && time.now < batch_due(time)) return;
  if (has_window() && !window_.open()) {
    window_.open_at(window_.start_for(records_.front().record.created));
  }
  batches_.push_back({.count = count});
}

// When a record, or the end of a window, is given up.
TimePoint BatchLane::expiry(TimePoint created) const {
  return created + std::min(settings_.age_max.value_or(settings_.retention), settings_.retention);
}

// What has become too old at the front of the first batch becomes a batch of its own, to be
// discarded.
void BatchLane::set_aside_expired(TimePoint now) {
  Batch& batch = batches_.front();
  if (batch.discard) return;
  std::size_t expired = 0;
  while (expired < batch.count && expiry(records_[expired].record.created) < now) ++expired;
  const bool is_whole = batch.is_final ? expiry(window_.end()) < now : expired == batch.count;
  if (expired > 0 && !is_whole) {
    Batch old = batch;
    old.count = expired;
    old.discard = DiscardCondition::record_age_exceeded;
    batch.count -= expired;
    batches_.push_front(std::move(old));
  } else if (is_whole) {
    batch.discard = DiscardCondition::record_age_exceeded;
  }
}

std::optional<DeliveryAction> BatchLane::next(const LaneTime& time) {
  if (in_flight_) return std::nullopt;
  if (batches_.empty()) form_batch(time);
  if (batches_.empty()) return std::nullopt;
  set_aside_expired(time.now);
  const Batch& batch = batches_.front();
  if (!batch.discard && time.now < batch.not_before) return std::nullopt;
  in_flight_ = true;
  return action();
}

DeliveryAction BatchLane::action() const {
  const Batch& batch = batches_.front();
  DeliveryAction action;
  for (std::size_t i = 0; i < batch.count; ++i) action.records.push_back(&records_[i].record);
  action.window = window_event(batch);
  if (batch.discard) {
    action.discard =
        Discard{.condition = *batch.discard, .invocations = batch.invocations, .last = batch.last};
  }
  return action;
}

std::optional<WindowEvent> BatchLane::window_event(const Batch& batch) const {
  if (!window_.open()) return std::nullopt;
  return WindowEvent{.start = window_.open()->start,
                     .end = window_.end(),
                     .state = window_.open()->state,
                     .is_final = batch.is_final,
                     .is_terminated_early = batch.is_final && window_.open()->ends_early};
}

std::optional<TimePoint> BatchLane::wake_at(const LaneTime& time) const {
  if (in_flight_) return std::nullopt;
  if (!batches_.empty()) {
    const Batch& batch = batches_.front();
    if (batch.discard) return time.now;
    const TimePoint expires =
        expiry(batch.is_final ? window_.end() : records_.front().record.created);
    return std::min(batch.not_before, expires + std::chrono::microseconds(1));
  }
  if (window_is_over(time)) return time.now;
  if (records_.empty()) return window_.open() ? std::optional(window_.end()) : std::nullopt;
  bool is_full = false;
  batch_count(&is_full);
  return is_full ? time.now : batch_due(time);
}

void BatchLane::invoked(InvocationResult result, TimePoint now) {
  CHECK(in_flight_);
  in_flight_ = false;
  Batch& batch = batches_.front();
  if (result.outcome == InvocationOutcome::not_invoked) {
    batch.not_before = now + delay(batch.failures++);
    return;
  }
  ++batch.invocations;
  std::optional<HandlerVerdict> verdict;
  if (result.outcome == InvocationOutcome::succeeded) {
    verdict = verdict_of(
        result.answer, action().records,
        {.reports_item_failures = settings_.reports_item_failures, .wants_state = has_window()});
  }
  result.answer.clear();  // it was read, and may be large
  batch.last = std::move(result);
  const bool is_done = verdict && verdict->done == batch.count;
  if (!verdict || (verdict->done == 0 && !is_done)) return fail(now);
  if (verdict->state && !batch.is_final) window_.set_state(*std::move(verdict->state));
  if (is_done) return finish_batch();
  // What comes after the records that are done is another batch, with all its retries.
  finish(verdict->done);
  batch = {.count = batch.count - verdict->done};
}

void BatchLane::discarded() {
  CHECK(in_flight_);
  in_flight_ = false;
  finish_batch();
}

// Splitting a batch costs no retry.
void BatchLane::fail(TimePoint now) {
  Batch& batch = batches_.front();
  if (settings_.bisects && batch.count > 1) return bisect(now);
  if (settings_.retries_max && batch.retries >= *settings_.retries_max) {
    batch.discard = DiscardCondition::retry_attempts_exhausted;
    return;
  }
  ++batch.retries;
  batch.not_before = now + delay(batch.failures++);
}

void BatchLane::bisect(TimePoint now) {
  Batch first = batches_.front();
  first.count /= 2;
  first.failures = 0;
  first.not_before = now;
  Batch& second = batches_.front();
  second.count -= first.count;
  second.failures = 0;
  second.not_before = now;
  batches_.push_front(std::move(first));
}

std::chrono::milliseconds BatchLane::delay(int failures) const {
  constexpr int kDoublingsMax = 30;
  const auto doubled =
      settings_.delays.first * (std::int64_t{1} << std::min(failures, kDoublingsMax));
  return std::min(doubled, settings_.delays.most);
}

void BatchLane::finish(std::size_t count) {
  for (; count > 0; --count) {
    bytes_ -= records_.front().record.event.size();
    records_.pop_front();
  }
}

void BatchLane::finish_batch() {
  finish(batches_.front().count);
  if (batches_.front().is_final) window_.close();
  batches_.pop_front();
}

}  // namespace stator
