// What rows were before they changed, so that reads can look at a moment of the past.
//
// An undo log in memory: for each change of a row its time and the value before it. A row at a
// moment is what its oldest change after that moment replaced, and the stored row where there was
// none. It begins when changes are recorded first and is not kept over a restart: what nobody
// recorded shows at once.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/thread_annotations.h"
#include "stator/clock.h"
#include "storage/store.h"

namespace stator {

// A row that is about to change. The bytes belong to the caller.
struct RowChange {
  std::string_view key;
  std::optional<std::string_view> before;  // nullopt: there is no such row yet
};

// A row as it was. A value.
struct PastRow {
  std::string key;
  std::shared_ptr<const std::string> value;  // null: there was no such row
};

class Moment;
class PendingChanges;

// A resource; thread-safe. Never fails: beyond its limit of memory it forgets the oldest changes,
// and reads see the rows as of a later moment than they asked for.
class RowHistory {
 public:
  explicit RowHistory(std::size_t bytes_max = kRowHistoryBytesMax) : bytes_max_(bytes_max) {}
  RowHistory(const RowHistory&) = delete;
  RowHistory& operator=(const RowHistory&) = delete;

  // How far into the past readers go from now on; 0 forgets all that no Moment needs.
  void keep(std::chrono::milliseconds age);

  // The time has become `now`: forgets what is older than readers go.
  void advance(TimePoint now);

  // Notes what one batch will change. Called before the batch is committed, while the latches of
  // its items are held, so that nobody can see a change that is not noted here. Until the result
  // goes, which is after the commit, no read looks at the time of the changes or a later one.
  //   now  the time of the changes, unless a later one was seen before: order holds if a clock is
  //        set back
  [[nodiscard]] PendingChanges record(TimePoint now, std::span<const RowChange> changes);

  // The moment to read at; nullopt is the present. The history outlives it.
  Moment at(std::optional<TimePoint> time);

  // Memory that is taken, by our own count.
  std::size_t bytes() const;

 private:
  friend class Moment;
  friend class PendingChanges;
  using Times = std::multiset<TimePoint>;

  // One change of one row. Ordered by row, then by when it happened.
  struct Change {
    std::string row;
    TimePoint time;
    std::uint64_t number;  // in the order of all changes
  };
  struct ChangeView {
    std::string_view row;
    TimePoint time;
    std::uint64_t number;
  };
  struct ChangeLess {
    using is_transparent = void;
    template <typename One, typename Other>
    bool operator()(const One& one, const Other& other) const {
      const int rows = std::string_view(one.row).compare(other.row);
      if (rows != 0) return rows < 0;
      if (one.time != other.time) return one.time < other.time;
      return one.number < other.number;
    }
  };
  using Value = std::shared_ptr<const std::string>;
  using Changes = std::map<Change, Value, ChangeLess>;

  static std::size_t bytes_of(const Changes::value_type& change);
  Changes::const_iterator oldest_after(std::string_view row, TimePoint time) const REQUIRES(mu_);
  std::optional<PastRow> first_changed(const RowRange& range, TimePoint time) const REQUIRES(mu_);
  std::optional<PastRow> last_changed(const RowRange& range, TimePoint time) const REQUIRES(mu_);
  TimePoint committed(TimePoint time) const REQUIRES(mu_);
  TimePoint known(TimePoint time) const REQUIRES(mu_) { return std::max(time, forgotten_); }
  void forget_oldest() REQUIRES(mu_);
  void forget_unneeded() REQUIRES(mu_);

  const std::size_t bytes_max_;
  mutable Mutex mu_;  // held for a look-up or a batch, never over a read of the store
  Changes changes_ GUARDED_BY(mu_);
  std::deque<Changes::iterator> by_time_ GUARDED_BY(mu_);  // the oldest first
  std::size_t bytes_ GUARDED_BY(mu_) = 0;
  std::uint64_t next_number_ GUARDED_BY(mu_) = 0;
  std::chrono::milliseconds age_ GUARDED_BY(mu_){0};
  TimePoint now_ GUARDED_BY(mu_) = TimePoint::min();        // the latest that was seen
  TimePoint forgotten_ GUARDED_BY(mu_) = TimePoint::min();  // of the newest change that is gone
  Times readers_ GUARDED_BY(mu_);                           // where living Moments look
  Times pending_ GUARDED_BY(mu_);                           // of changes not yet committed
};

// What a read looks at: the present, or a moment of the past, which the history keeps as long as
// this lives. A resource of one thread.
//
// Whoever reads rows at one reads the store first and asks here second: then every change that the
// store showed is noted.
class Moment {
 public:
  // The present.
  Moment() = default;
  Moment(Moment&& other) noexcept;
  Moment& operator=(Moment&&) = delete;
  ~Moment();

  bool is_past() const { return history_ != nullptr; }

  // The row as it was, if it has changed since; nullopt: it is as it is stored.
  std::optional<PastRow> find(std::string_view key) const;

  // The first row of the range that has changed since, or the last one where the range goes
  // backward.
  std::optional<PastRow> find_in(const RowRange& range) const;

 private:
  friend class RowHistory;
  Moment(RowHistory* history, RowHistory::Times::const_iterator time)
      : history_(history), time_(time) {}

  RowHistory* history_ = nullptr;
  RowHistory::Times::const_iterator time_;  // in readers_
};

// Changes between being noted and being committed, or given up. A resource of one thread; the
// history outlives it.
class PendingChanges {
 public:
  // None.
  PendingChanges() = default;
  PendingChanges(PendingChanges&& other) noexcept;
  PendingChanges& operator=(PendingChanges&&) = delete;
  ~PendingChanges();

 private:
  friend class RowHistory;
  PendingChanges(RowHistory* history, RowHistory::Times::const_iterator time)
      : history_(history), time_(time) {}

  RowHistory* history_ = nullptr;
  RowHistory::Times::const_iterator time_;  // in pending_
};

}  // namespace stator
