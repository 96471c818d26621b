#include "functions/net/program_invoker.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "functions/net/program_environment.h"

namespace stator {

// The processes of one program, and the events that wait for one of them. A resource of the loop's
// thread.
class ProgramInvoker::Pool : public std::enable_shared_from_this<Pool> {
 public:
  Pool(const LambdaFunction& function, boost::asio::io_context* context, FunctionLog log)
      : function_(function), context_(*context), log_(std::move(log)), restart_(*context) {}

  void add(Invocation invocation, InvocationDone done) {
    waiting_.push_back({std::move(invocation), std::move(done)});
    dispatch();
  }

  void end() {
    ended_ = true;
    restart_.cancel();
    for (const auto& environment : environments_) environment->end();
    environments_.clear();
    for (Waiting& each : std::exchange(waiting_, {})) {
      each.done(not_invoked(each.invocation, 503));
    }
  }

 private:
  struct Waiting {
    Invocation invocation;
    InvocationDone done;
  };

  void dispatch() {
    if (ended_) return;
    std::size_t starting = 0;
    for (const auto& environment : environments_) {
      if (environment->is_idle() && !waiting_.empty()) give_first(environment.get());
      if (environment->is_starting()) ++starting;
    }
    // Each that starts takes one event.
    for (; starting < waiting_.size(); ++starting) {
      const auto environment = startable();
      if (environment == nullptr) return start_later();
      environment->start();
    }
  }

  void give_first(ProgramEnvironment* environment) {
    Waiting first = std::move(waiting_.front());
    waiting_.pop_front();
    environment->give(std::move(first.invocation), std::move(first.done));
  }

  // One that is down and may start, or a new one; null: all work, start, or may not start yet.
  std::shared_ptr<ProgramEnvironment> startable() {
    const auto now = std::chrono::steady_clock::now();
    bool one_waits = false;
    for (const auto& environment : environments_) {
      if (!environment->is_down()) continue;
      if (environment->not_before() <= now) return environment;
      one_waits = true;
    }
    // A program that does not start would not do so in another environment.
    if (one_waits || environments_.size() >= function_.concurrency) return nullptr;
    environments_.push_back(std::make_shared<ProgramEnvironment>(
        &context_, function_,
        ProgramEnvironment::Owner{
            // Later: it is told in the middle of things.
            .on_change =
                [weak = weak_from_this()] {
                  if (const auto self = weak.lock()) self->dispatch_soon();
                },
            .on_failed_start =
                [weak = weak_from_this()](std::string_view type, std::string_view text) {
                  if (const auto self = weak.lock()) self->fail_first(type, text);
                },
            .log = log_}));
    return environments_.back();
  }

  void dispatch_soon() { dispatch_after(std::chrono::milliseconds(0)); }

  void start_later() {
    std::optional<std::chrono::steady_clock::time_point> earliest;
    for (const auto& environment : environments_) {
      if (!environment->is_down()) continue;
      if (!earliest || environment->not_before() < *earliest) earliest = environment->not_before();
    }
    if (!earliest) return;
    const auto after = *earliest - std::chrono::steady_clock::now();
    dispatch_after(std::chrono::ceil<std::chrono::milliseconds>(after));
  }

  // Replaces the last one that was planned: dispatch() plans what is still to come.
  void dispatch_after(std::chrono::milliseconds after) {
    restart_.expires_after(std::max(after, std::chrono::milliseconds(0)));
    restart_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
      const auto self = weak.lock();
      if (!error && self != nullptr) self->dispatch();
    });
  }

  // The event for which the program was started.
  void fail_first(std::string_view type, std::string_view text) {
    if (waiting_.empty()) return;
    const Waiting first = std::move(waiting_.front());
    waiting_.pop_front();
    first.done(invocation_failed(
        first.invocation, type,
        "RequestId: " + first.invocation.request_id + " Error: " + std::string(text)));
  }

  const LambdaFunction function_;
  boost::asio::io_context& context_;
  const FunctionLog log_;
  boost::asio::steady_timer restart_;
  std::deque<Waiting> waiting_;
  std::vector<std::shared_ptr<ProgramEnvironment>> environments_;
  bool ended_ = false;
};

ProgramInvoker::ProgramInvoker(const LambdaFunction& function, IoLoop* loop, FunctionLog log)
    : loop_(*loop), pool_(std::make_shared<Pool>(function, &loop->context(), std::move(log))) {}

ProgramInvoker::~ProgramInvoker() {
  loop_.run_there([this] { pool_->end(); });
}

void ProgramInvoker::invoke(Invocation invocation, InvocationDone done) {
  loop_.post([pool = pool_, invocation = std::move(invocation), done = std::move(done)]() mutable {
    pool->add(std::move(invocation), std::move(done));
  });
}

}  // namespace stator
