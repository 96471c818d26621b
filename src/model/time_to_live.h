// What a table knows of the expiry of its items.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "stator/clock.h"

namespace stator {

enum class TimeToLiveStatus : std::uint8_t { enabling, enabled, disabling, disabled };

// A value; a table that never had it enabled has none.
struct TimeToLive {
  // Of the rows that say when items expire (storage/expiry_row.h); never used twice. 0: none are
  // kept.
  std::uint32_t keyspace = 0;
  std::string attribute;
  bool enabled = false;
  TimePoint changed{};  // when this was asked for
  TimePoint until{};    // ENABLING or DISABLING ends then
  bool built = false;   // whether every item that can expire has its row
  bool operator==(const TimeToLive&) const = default;

  // Whether writes keep the rows: also while it is disabled.
  bool has_rows() const { return keyspace != 0; }

  // Whether items are deleted at `now`: AWS goes on while it is DISABLING.
  bool deletes_at(TimePoint now) const {
    return has_rows() && built && (enabled ? now >= until : now < until);
  }

  // Whether nobody needs the rows any more.
  bool is_over(TimePoint now) const { return has_rows() && !enabled && now >= until; }

  TimeToLiveStatus status_at(TimePoint now) const {
    if (enabled) {
      return now < until || !built ? TimeToLiveStatus::enabling : TimeToLiveStatus::enabled;
    }
    return now < until ? TimeToLiveStatus::disabling : TimeToLiveStatus::disabled;
  }
};

// How far the expiry of one table has come since the database was opened. Shared by the table's
// definitions; thread-safe.
struct ExpiryProgress {
  // Of the rows that were put since the last sweep, the earliest time; everything at the beginning.
  std::atomic<TimePoint> earliest{TimePoint::min()};
  std::atomic<std::uint64_t> deleted{0};  // items

  // A row with this time has been committed.
  void note_row(TimePoint expires) {
    TimePoint known = earliest.load();
    while (expires < known && !earliest.compare_exchange_weak(known, expires)) {
    }
  }
};

}  // namespace stator
