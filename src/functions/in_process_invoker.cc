#include "functions/in_process_invoker.h"

#include <exception>
#include <optional>

#include "base/start_thread.h"

namespace stator {

InProcessInvoker::~InProcessInvoker() {
  stop();
  std::vector<std::thread> threads;
  {
    const MutexLock lock(&mu_);
    threads.swap(threads_);
  }
  for (std::thread& thread : threads) thread.join();
}

void InProcessInvoker::stop() {
  std::deque<Waiting> cancelled;
  {
    const MutexLock lock(&mu_);
    stopping_ = true;
    cancelled.swap(waiting_);
  }
  changed_.notify_all();
  for (Waiting& each : cancelled) each.done(not_invoked(each.invocation, 503));
}

void InProcessInvoker::invoke(Invocation invocation, InvocationDone done) {
  std::optional<Waiting> refused;
  {
    const MutexLock lock(&mu_);
    waiting_.push_back({std::move(invocation), std::move(done)});
    if (waiting_.size() > idle_ && threads_.size() < concurrency_) add_thread();
    if (threads_.empty()) refused = take_last();
  }
  if (refused) return refused->done(not_invoked(refused->invocation, 503));
  changed_.notify_one();
}

// Where there is none to have, those that run take what waits.
void InProcessInvoker::add_thread() {
  Result<std::thread> thread = start_thread([this] { run(); });
  if (thread) threads_.push_back(*std::move(thread));
}

InProcessInvoker::Waiting InProcessInvoker::take_last() {
  Waiting last = std::move(waiting_.back());
  waiting_.pop_back();
  return last;
}

void InProcessInvoker::run() {
  for (;;) {
    Waiting next;
    {
      const MutexLock lock(&mu_);
      ++idle_;
      while (waiting_.empty() && !stopping_) changed_.wait(mu_);
      --idle_;
      if (stopping_) return;
      next = std::move(waiting_.front());
      waiting_.pop_front();
    }
    next.done(call(next.invocation));
  }
}

// One of the places where foreign exceptions end.
InvocationResult InProcessInvoker::call(const Invocation& invocation) const {
  HandlerResult result;
  try {
    result = handler_(invocation.event);
  } catch (const std::exception& exception) {
    return invocation_failed(invocation, "Exception", exception.what());
  } catch (...) {
    return invocation_failed(invocation, "Exception", "an exception that is no std::exception");
  }
  if (!result.error_type.empty()) {
    return invocation_failed(invocation, result.error_type, result.error_message);
  }
  if (result.answer.size() > kAnswerBytesMax) return answer_too_large(invocation);
  return {.outcome = InvocationOutcome::succeeded,
          .answer = result.answer.empty() ? "null" : std::move(result.answer),
          .request_id = invocation.request_id,
          .function_error = {}};
}

}  // namespace stator
