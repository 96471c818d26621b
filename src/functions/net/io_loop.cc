#include "functions/net/io_loop.h"

#include <boost/asio/post.hpp>
#include <exception>
#include <future>
#include <utility>

#include "base/start_thread.h"

namespace stator {

Result<std::unique_ptr<IoLoop>> IoLoop::start(FunctionLog log) {
  std::unique_ptr<IoLoop> loop(new IoLoop(std::move(log)));
  loop->thread_ = TRY(start_thread([started = loop.get()] { started->run(); }));
  return loop;
}

IoLoop::~IoLoop() {
  context_.stop();
  if (thread_.joinable()) thread_.join();
}

// One of the places where foreign exceptions end: memory or descriptors that run out under one
// invocation must not end the others.
void IoLoop::run() {
  for (;;) {
    try {
      context_.run();
      return;
    } catch (const std::exception& failure) {
      log_({.level = FunctionLogLine::Level::error,
            .message = "the event loop of functions met a failure of ours",
            .function = {},
            .text = failure.what()});
    }
  }
}

void IoLoop::post(std::function<void()> run) {
  boost::asio::post(context_, std::move(run));
}

void IoLoop::run_there(const std::function<void()>& run) {
  std::promise<void> done;
  post([&run, &done] {
    run();
    done.set_value();
  });
  done.get_future().wait();
}

}  // namespace stator
