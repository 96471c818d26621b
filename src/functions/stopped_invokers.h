// C++ functions that have gone while they ran.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "base/thread_annotations.h"
#include "functions/in_process_invoker.h"

namespace stator {

// A resource; thread-safe. Nobody who takes a function away waits for its calls: one of them may be
// waiting for just that. The end waits for all.
class StoppedInvokers {
 public:
  StoppedInvokers() = default;
  StoppedInvokers(const StoppedInvokers&) = delete;
  StoppedInvokers& operator=(const StoppedInvokers&) = delete;

  // The invoker for its owners: the last of them stops it and leaves its end to us, who outlive it.
  std::shared_ptr<Invoker> share(std::unique_ptr<InProcessInvoker> invoker) {
    return {invoker.release(), [this](InProcessInvoker* stopped) {
              stopped->stop();
              const MutexLock lock(&mu_);
              invokers_.emplace_back(stopped);
            }};
  }

  // Waits for the calls of those that were stopped.
  void join() {
    std::vector<std::unique_ptr<InProcessInvoker>> ended;
    const MutexLock lock(&mu_);
    ended.swap(invokers_);
  }

 private:
  Mutex mu_;
  std::vector<std::unique_ptr<InProcessInvoker>> invokers_ GUARDED_BY(mu_);
};

}  // namespace stator
