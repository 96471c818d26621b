#include "functions/net/io_loop.h"

#include <boost/asio/post.hpp>
#include <future>
#include <utility>

namespace stator {

IoLoop::IoLoop() : work_(context_.get_executor()), thread_([this] { context_.run(); }) {}

IoLoop::~IoLoop() {
  context_.stop();
  thread_.join();
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
