// The way into an I/O thread's event loop for those who may outlive it.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <utility>

#include "base/thread_annotations.h"

namespace stator {

// A resource, shared by the thread and by whoever still has to answer it; thread-safe.
class LoopEntry {
 public:
  // `context` lives until close().
  explicit LoopEntry(boost::asio::io_context* context) : context_(context) {}
  LoopEntry(const LoopEntry&) = delete;
  LoopEntry& operator=(const LoopEntry&) = delete;

  // Runs something on the loop, soon; never, once the loop has gone.
  template <typename Run>
  void post(Run run) {
    const MutexLock lock(&mu_);
    if (context_ != nullptr) boost::asio::post(*context_, std::move(run));
  }

  // The loop goes: what is posted from now on is dropped.
  void close() {
    const MutexLock lock(&mu_);
    context_ = nullptr;
  }

 private:
  Mutex mu_;
  boost::asio::io_context* context_ GUARDED_BY(mu_);
};

}  // namespace stator
