#include "server/waiting_calls.h"

#include <thread>
#include <utility>

namespace stator {

WaitingCalls::~WaitingCalls() {
  const MutexLock lock(&mu_);
  while (running_ > 0) done_.wait(mu_);
}

void WaitingCalls::run(std::function<void()> call) {
  std::thread thread([this, call = std::move(call)] {
    call();
    const MutexLock lock(&mu_);
    --running_;
    done_.notify_all();
  });
  {
    const MutexLock lock(&mu_);
    ++running_;
  }
  thread.detach();
}

}  // namespace stator
