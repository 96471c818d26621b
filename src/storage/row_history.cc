#include "storage/row_history.h"

#include <iterator>
#include <utility>

namespace stator {
namespace {

// What a change takes beside its bytes: a node of the map, its place in time, the value's header.
constexpr std::size_t kBytesPerChange = 200;

constexpr std::uint64_t kAnyNumber = UINT64_MAX;

}  // namespace

std::size_t RowHistory::bytes_of(const Changes::value_type& change) {
  const auto& [of, before] = change;
  return kBytesPerChange + of.row.size() + (before ? before->size() : 0);
}

void RowHistory::keep(std::chrono::milliseconds age) {
  const MutexLock lock(&mu_);
  age_ = age;
  forget_unneeded();
}

void RowHistory::advance(TimePoint now) {
  const MutexLock lock(&mu_);
  now_ = std::max(now_, now);
  forget_unneeded();
}

PendingChanges RowHistory::record(TimePoint now, std::span<const RowChange> changes) {
  if (changes.empty()) return {};
  const MutexLock lock(&mu_);
  now_ = std::max(now_, now);
  for (const RowChange& change : changes) {
    Value before;
    if (change.before) before = std::make_shared<const std::string>(*change.before);
    Change of{.row = std::string(change.key), .time = now_, .number = next_number_++};
    const auto noted = changes_.emplace(std::move(of), std::move(before)).first;
    by_time_.push_back(noted);
    bytes_ += bytes_of(*noted);
  }
  const auto pending = pending_.insert(now_);
  forget_unneeded();
  return {this, pending};
}

Moment RowHistory::at(std::optional<TimePoint> time) {
  if (!time) return {};
  const MutexLock lock(&mu_);
  return {this, readers_.insert(committed(*time))};
}

std::size_t RowHistory::bytes() const {
  const MutexLock lock(&mu_);
  return bytes_;
}

// The latest moment up to `time` whose changes the store shows, all of them.
TimePoint RowHistory::committed(TimePoint time) const {
  if (pending_.empty()) return time;
  return std::min(time, *pending_.begin() - TimePoint::duration(1));
}

void RowHistory::forget_oldest() {
  const auto oldest = by_time_.front();
  forgotten_ = oldest->first.time;
  bytes_ -= bytes_of(*oldest);
  by_time_.pop_front();
  changes_.erase(oldest);
}

void RowHistory::forget_unneeded() {
  while (bytes_ > bytes_max_) forget_oldest();
  if (by_time_.empty()) return;
  TimePoint needed = committed(now_ - age_);
  if (!readers_.empty()) needed = std::min(needed, *readers_.begin());
  while (!by_time_.empty() && by_time_.front()->first.time <= needed) forget_oldest();
}

// The change of the row that came first after `time`; end() where it has not changed since.
RowHistory::Changes::const_iterator RowHistory::oldest_after(std::string_view row,
                                                             TimePoint time) const {
  const auto found =
      changes_.upper_bound(ChangeView{.row = row, .time = time, .number = kAnyNumber});
  return found != changes_.end() && found->first.row == row ? found : changes_.end();
}

std::optional<PastRow> RowHistory::first_changed(const RowRange& range, TimePoint time) const {
  auto at =
      changes_.lower_bound(ChangeView{.row = range.first, .time = TimePoint::min(), .number = 0});
  while (at != changes_.end() && (range.end.empty() || at->first.row < range.end)) {
    const std::string& row = at->first.row;
    // Ends at the change that counts, or at the next row's first one.
    at = changes_.upper_bound(ChangeView{.row = row, .time = time, .number = kAnyNumber});
    if (at != changes_.end() && at->first.row == row) return PastRow{at->first.row, at->second};
  }
  return std::nullopt;
}

std::optional<PastRow> RowHistory::last_changed(const RowRange& range, TimePoint time) const {
  auto at = range.end.empty() ? changes_.end()
                              : changes_.lower_bound(ChangeView{
                                    .row = range.end, .time = TimePoint::min(), .number = 0});
  while (at != changes_.begin()) {
    const std::string& row = std::prev(at)->first.row;
    if (row < range.first) break;
    const auto found = oldest_after(row, time);
    if (found != changes_.end()) return PastRow{row, found->second};
    at = changes_.lower_bound(ChangeView{.row = row, .time = TimePoint::min(), .number = 0});
  }
  return std::nullopt;
}

PendingChanges::PendingChanges(PendingChanges&& other) noexcept
    : history_(std::exchange(other.history_, nullptr)), time_(other.time_) {}

PendingChanges::~PendingChanges() {
  if (history_ == nullptr) return;
  const MutexLock lock(&history_->mu_);
  history_->pending_.erase(time_);
  history_->forget_unneeded();
}

Moment::Moment(Moment&& other) noexcept
    : history_(std::exchange(other.history_, nullptr)), time_(other.time_) {}

Moment::~Moment() {
  if (history_ == nullptr) return;
  const MutexLock lock(&history_->mu_);
  history_->readers_.erase(time_);
  history_->forget_unneeded();
}

std::optional<PastRow> Moment::find(std::string_view key) const {
  if (history_ == nullptr) return std::nullopt;
  const MutexLock lock(&history_->mu_);
  const auto found = history_->oldest_after(key, history_->known(*time_));
  if (found == history_->changes_.end()) return std::nullopt;
  return PastRow{std::string(key), found->second};
}

std::optional<PastRow> Moment::find_in(const RowRange& range) const {
  if (history_ == nullptr) return std::nullopt;
  const MutexLock lock(&history_->mu_);
  const TimePoint time = history_->known(*time_);
  return range.backward ? history_->last_changed(range, time)
                        : history_->first_changed(range, time);
}

}  // namespace stator
