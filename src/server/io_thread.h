// A thread with an event loop of its own, and the connections that it serves.
#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "server/http_timeouts.h"
#include "server/loop_entry.h"
#include "server/request_handler.h"
#include "server/session.h"
#include "server/waiting_calls.h"

namespace stator {

// A resource. The owner calls start, adopt, stop and join, from any thread; all else is for the
// sessions, on this thread. Deadlines are counted in ticks of one timer, so a request costs none.
class IoThread {
 public:
  explicit IoThread(const HttpTimeouts& timeouts);
  IoThread(const IoThread&) = delete;
  IoThread& operator=(const IoThread&) = delete;
  ~IoThread();

  // Runs the loop until stop(); called once. `host` as for RequestHandler.
  //   errors  internal: there is no thread to have
  Result<void> start(const HandlerContext& context, const std::string& host);

  // Serves a connection whose socket belongs to context().
  void adopt(boost::asio::ip::tcp::socket socket);

  // Ends the connections: those without an answer on its way at once, the others after it.
  void stop();
  void join();

  boost::asio::io_context& context() { return context_; }

  // For answers that may come when this thread has gone.
  const std::shared_ptr<LoopEntry>& entry() { return entry_; }

  RequestHandler& handler() { return *handler_; }
  WaitingCalls& waiting_calls() { return waiting_calls_; }
  Log& log() { return *log_; }
  const HttpTimeouts& timeouts() const { return timeouts_; }
  bool is_stopping() const { return stopping_; }
  HttpResponse& response() { return response_; }
  boost::asio::mutable_buffer scratch() { return boost::asio::buffer(scratch_); }

  // The tick at which at least `timeout` has passed.
  std::uint64_t ticks_after(std::chrono::milliseconds timeout) const;

  // Destroys a session that has no outstanding operation.
  void remove(Session* session);

 private:
  void run();
  void tick();
  void add(boost::asio::ip::tcp::socket socket);
  void drain();

  const HttpTimeouts timeouts_;
  const std::chrono::milliseconds tick_time_;
  // Set by start(), before the thread is there.
  std::unique_ptr<RequestHandler> handler_;
  Log* log_ = nullptr;
  // Owned by the thread. The sockets of the sessions must go before the context.
  boost::asio::io_context context_;
  const std::shared_ptr<LoopEntry> entry_ = std::make_shared<LoopEntry>(&context_);
  boost::asio::steady_timer timer_;
  std::uint64_t ticks_ = 0;
  bool stopping_ = false;
  HttpResponse response_;  // the answer being made; a connection takes it when it cannot be sent
  std::array<char, 4096> scratch_;
  std::vector<std::unique_ptr<Session>> sessions_;
  // Owned by the owner.
  std::thread thread_;
  WaitingCalls waiting_calls_;  // thread-safe; none runs once the loop has ended
};

}  // namespace stator
