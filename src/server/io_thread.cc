#include "server/io_thread.h"

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <exception>
#include <utility>

#include "base/start_thread.h"

namespace stator {

namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr int kOneThread = 1;  // asio's concurrency hint

// Fine enough for the shortest timeout to be kept within a tenth.
std::chrono::milliseconds tick_time_for(const HttpTimeouts& timeouts) {
  const auto shortest = std::min({timeouts.header, timeouts.body, timeouts.idle, timeouts.linger});
  return std::clamp(shortest / 10, 10ms, 1000ms);
}

// A thread that wakes up shall not push aside the client that woke it: until its turn more requests
// come in, and one wake-up serves them all. It matters where threads outnumber cores.
void do_not_preempt() {
  const sched_param priority{};
  ::pthread_setschedparam(::pthread_self(), SCHED_BATCH, &priority);  // if not, then as before
}

}  // namespace

IoThread::IoThread(const HttpTimeouts& timeouts)
    : timeouts_(timeouts),
      tick_time_(tick_time_for(timeouts)),
      context_(kOneThread),
      timer_(context_) {}

IoThread::~IoThread() {
  if (thread_.joinable()) {
    stop();
    join();
  }
  entry_->close();
}

Result<void> IoThread::start(const HandlerContext& context, const std::string& host) {
  handler_ = std::make_unique<RequestHandler>(context, host);
  log_ = &context.log;
  tick();
  thread_ = TRY(start_thread([this] { run(); }));
  return {};
}

void IoThread::adopt(asio::ip::tcp::socket socket) {
  asio::post(context_, [this, taken = std::move(socket)]() mutable { add(std::move(taken)); });
}

void IoThread::stop() {
  asio::post(context_, [this] { drain(); });
}

void IoThread::join() {
  thread_.join();
}

std::uint64_t IoThread::ticks_after(std::chrono::milliseconds timeout) const {
  return ticks_ + static_cast<std::uint64_t>(timeout / tick_time_) + 1;
}

void IoThread::remove(Session* session) {
  std::unique_ptr<Session>& place = sessions_[session->index];
  if (place != sessions_.back()) {
    std::swap(place, sessions_.back());
    place->index = session->index;
  }
  sessions_.pop_back();
  if (stopping_ && sessions_.empty()) timer_.cancel();
}

// One of the places where foreign exceptions end; none is expected here, but a connection that
// cannot be taken for want of memory must not end the others.
void IoThread::run() {
  do_not_preempt();
  for (;;) {
    try {
      context_.run();
      return;
    } catch (const std::exception& failure) {
      log_->write(LogLevel::error, "an I/O thread met a failure of ours",
                  {{"what", std::string_view(failure.what())}});
    }
  }
}

void IoThread::tick() {
  timer_.expires_after(tick_time_);
  timer_.async_wait([this](const boost::system::error_code&) {
    if (stopping_) return;
    ++ticks_;
    for (const auto& session : sessions_) {
      if (session->deadline() <= ticks_) session->close();
    }
    tick();
  });
}

void IoThread::add(asio::ip::tcp::socket socket) {
  if (stopping_) return;
  sessions_.push_back(std::make_unique<Session>(std::move(socket), this, sessions_.size()));
  sessions_.back()->start();
}

void IoThread::drain() {
  stopping_ = true;
  for (const auto& session : sessions_) {
    if (!session->is_sending()) session->close();
  }
  timer_.expires_after(sessions_.empty() ? 0ms : timeouts_.drain);
  timer_.async_wait([this](const boost::system::error_code&) {
    for (const auto& session : sessions_) session->close();
  });
}

}  // namespace stator
