// One thread with an event loop: all sockets, processes and timers of functions are on it.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <thread>
#include <utility>

#include "base/result.h"
#include "stator/functions.h"

namespace stator {

// A resource. Its end stops the loop: what is outstanding is dropped without being called.
class IoLoop {
 public:
  //   log  told of failures of ours, which the loop outlives
  // errors  internal: there is no thread to have
  static Result<std::unique_ptr<IoLoop>> start(FunctionLog log);
  IoLoop(const IoLoop&) = delete;
  IoLoop& operator=(const IoLoop&) = delete;
  ~IoLoop();

  boost::asio::io_context& context() { return context_; }

  // Runs something on the loop's thread, soon.
  void post(std::function<void()> run);

  // The same, and waits until it has run. Not for the loop's own thread.
  void run_there(const std::function<void()>& run);

 private:
  explicit IoLoop(FunctionLog log) : log_(std::move(log)), work_(context_.get_executor()) {}
  void run();

  const FunctionLog log_;
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::thread thread_;
};

}  // namespace stator
