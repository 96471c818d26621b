// The tumbling window of one shard: which it is, and the state that the handler has made so far.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "stator/clock.h"

namespace stator {

// What must be known of a window to go on with it after a restart. A value.
struct OpenWindow {
  TimePoint start{};
  std::string state = "{}";  // JSON, as the handler returned it last
  bool ends_early = false;   // the state has become too large
  bool operator==(const OpenWindow&) const = default;
};

// A value. Its owner opens a window for its first record, and closes it when the handler has seen
// the window's end.
class TumblingWindow {
 public:
  TumblingWindow() = default;
  //   open      the one that was open, if any
  //   earliest  no window starts before; late records go into the next one that is open
  TumblingWindow(std::chrono::milliseconds width, std::optional<OpenWindow> open,
                 TimePoint earliest)
      : width_(width), open_(std::move(open)), earliest_(earliest) {}

  const std::optional<OpenWindow>& open() const { return open_; }
  TimePoint earliest() const { return earliest_; }

  // Where the window of a record begins: windows begin at multiples of their width.
  TimePoint start_for(TimePoint created) const {
    const auto since_epoch = created.time_since_epoch();
    return std::max(created - since_epoch % width_, earliest_);
  }

  // Of the open window.
  TimePoint end() const { return open_->start + width_; }
  bool holds(TimePoint created) const { return open_ && start_for(created) <= open_->start; }

  void open_at(TimePoint start) { open_ = OpenWindow{.start = start}; }

  // What the handler returned; from a certain size on the window ends early.
  void set_state(std::string state);

  // The handler has seen its end. What is left of a window that ended early is another window of
  // the same time.
  void close();

 private:
  std::chrono::milliseconds width_{0};
  std::optional<OpenWindow> open_;
  TimePoint earliest_{};
};

}  // namespace stator
