// One process of a program that is a function, and the runtime API that it asks for work: an
// execution environment, as Lambda calls it.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "functions/invoker.h"
#include "functions/net/child_process.h"
#include "functions/net/runtime_server.h"
#include "functions/runtime_api.h"
#include "stator/functions.h"

namespace stator {

// AWS: how long a program may take until it asks for its first event.
inline constexpr std::chrono::seconds kInitTimeout{10};

// How long a program that does not get as far as asking for an event waits for its next start:
// twice as long each time. Ours.
inline constexpr std::chrono::milliseconds kRestartDelay{100};
inline constexpr std::chrono::milliseconds kRestartDelayMax = std::chrono::seconds(30);

// A resource of the loop's thread.
class ProgramEnvironment : public std::enable_shared_from_this<ProgramEnvironment> {
 public:
  // What it tells its owner.
  struct Owner {
    std::function<void()> on_change;  // it may be idle, or down, now
    // It could not start: an error's type and text.
    std::function<void(std::string_view, std::string_view)> on_failed_start;
    FunctionLog log;
  };

  ProgramEnvironment(boost::asio::io_context* context, const LambdaFunction& function, Owner owner);
  ProgramEnvironment(const ProgramEnvironment&) = delete;
  ProgramEnvironment& operator=(const ProgramEnvironment&) = delete;

  bool is_down() const { return state_ == State::down; }
  bool is_starting() const { return state_ == State::starting; }
  bool is_idle() const { return state_ == State::idle; }
  // When it may start again.
  std::chrono::steady_clock::time_point not_before() const { return not_before_; }

  // Starts the program; it is down.
  void start();

  // Hands an event to the program; it is idle.
  void give(Invocation invocation, InvocationDone done);

  // Kills the program; what it works on is reported as not invoked.
  void end();

 private:
  enum class State {
    down,
    starting,  // until it asks for an event
    idle,      // it waits for one
    busy,      // it has one, or has answered it and not asked for another
  };
  struct Running {
    Invocation invocation;
    InvocationDone done;
    TimePoint deadline{};
  };

  void serve(RuntimeRequest request, RespondToRuntime respond);
  void on_init_error(RuntimeRequest request, const RespondToRuntime& respond);
  void on_next(RespondToRuntime respond);
  void on_answer(const RuntimeCallView& call, RuntimeRequest request,
                 const RespondToRuntime& respond);
  void hand_out(const RespondToRuntime& respond) const;
  void set_deadline(std::chrono::milliseconds after, void (ProgramEnvironment::*passed)());
  void on_init_timeout();
  void on_deadline();
  void on_exit(const std::string& how);
  void fail_start(std::string_view type, std::string_view text);
  void finish(InvocationResult result);
  void shut_down();

  boost::asio::io_context& context_;
  const LambdaFunction function_;
  const Owner owner_;
  State state_ = State::down;
  std::unique_ptr<RuntimeServer> server_;
  std::unique_ptr<ChildProcess> child_;
  boost::asio::steady_timer deadline_;
  std::uint64_t deadlines_ = 0;  // a deadline that was replaced while it passed counts for nothing
  RespondToRuntime next_;        // idle: whom to give an event to
  std::optional<Running> running_;
  std::string init_error_;
  int failed_starts_ = 0;  // one after the other
  std::chrono::steady_clock::time_point not_before_{};
};

}  // namespace stator
