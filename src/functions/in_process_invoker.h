// Invokes a C++ function of this process on threads of its own.
#pragma once

#include <condition_variable>
#include <deque>
#include <thread>
#include <utility>
#include <vector>

#include "base/thread_annotations.h"
#include "functions/invoker.h"
#include "stator/functions.h"

namespace stator {

// A resource. Threads are started when invocations would wait, up to `concurrency`; without any,
// they are not invoked. Its end waits for the calls that run: their results are reported as they
// are.
class InProcessInvoker final : public Invoker {
 public:
  InProcessInvoker(Handler handler, std::size_t concurrency)
      : handler_(std::move(handler)), concurrency_(concurrency) {}
  ~InProcessInvoker() override;

  void invoke(Invocation invocation, InvocationDone done) override;

  // Cancels what waits, for good; what runs goes on.
  void stop();

 private:
  struct Waiting {
    Invocation invocation;
    InvocationDone done;
  };

  void add_thread() REQUIRES(mu_);
  Waiting take_last() REQUIRES(mu_);
  void run();
  InvocationResult call(const Invocation& invocation) const;

  const Handler handler_;
  const std::size_t concurrency_;
  Mutex mu_;
  std::condition_variable_any changed_;
  std::deque<Waiting> waiting_ GUARDED_BY(mu_);
  std::size_t idle_ GUARDED_BY(mu_) = 0;
  bool stopping_ GUARDED_BY(mu_) = false;
  std::vector<std::thread> threads_ GUARDED_BY(mu_);
};

}  // namespace stator
