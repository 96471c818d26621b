#include "server/session.h"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <exception>
#include <limits>
#include <utility>

#include "server/io_thread.h"

namespace stator {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// A body that comes slower than this in each body timeout is given up.
constexpr std::uint64_t kBodyProgressBytes = 64 * 1024;

using Buffers = std::array<asio::const_buffer, 2>;

// What of the answer is left after its first `sent` bytes.
Buffers rest_of(const HttpResponse& response, std::size_t sent) {
  const std::string& head = response.head;
  const std::string& body = response.reply.body;
  const std::size_t head_sent = std::min(sent, head.size());
  return {asio::buffer(head) + head_sent, asio::buffer(body) + (sent - head_sent)};
}

Peer peer_of(const tcp::socket& socket) {
  error_code error;
  asio::ip::address address = socket.remote_endpoint(error).address();
  if (error) return Peer::elsewhere;
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
  }
  return address.is_loopback() ? Peer::loopback : Peer::elsewhere;
}

}  // namespace

Session::Session(tcp::socket socket, IoThread* thread, std::size_t place)
    : index(place),
      socket_(std::move(socket)),
      thread_(thread),
      exchange_(&thread->handler(), peer_of(socket_)) {}

Session::~Session() {
  if (self_ != nullptr) *self_ = nullptr;
}

void Session::start() try {
  error_code ignored;  // a socket that cannot do it fails at its first read
  socket_.set_option(tcp::no_delay(true), ignored);
  socket_.non_blocking(true, ignored);
  renew_deadline();
  receive();
} catch (const std::exception& failure) {
  fail(failure.what());
}

void Session::close() {
  is_closed_ = true;
  error_code ignored;
  socket_.close(ignored);
  if (!calling_) return;
  asio::post(thread_->context(), [self = self_] {
    if (*self != nullptr) (*self)->remove();
  });
}

void Session::receive() {
  const std::span<char> space = exchange_.space();
  socket_.async_read_some(
      asio::buffer(space.data(), space.size()),
      [this](const error_code& error, std::size_t bytes) { on_received(error, bytes); });
}

void Session::on_received(const error_code& error, std::size_t bytes) {
  if (error) return remove();
  exchange_.received(bytes);
  proceed();
}

// One of the places where foreign exceptions end: memory that runs out under one request costs
// that connection.
void Session::proceed() try {
  HttpResponse& response = thread_->response();
  for (;;) {
    const HttpExchange::Next next = exchange_.advance(&response);
    if (next == HttpExchange::Next::wait) return answer_elsewhere();
    if (next == HttpExchange::Next::call) return call_functions();
    if (next == HttpExchange::Next::receive) {
      renew_deadline();
      return receive();
    }
    if (!send(&response)) return;
    if (!keeps_open(response.after)) return;
  }
} catch (const std::exception& failure) {
  fail(failure.what());
}

// The session stays while another thread works for it: nothing is outstanding, so nothing can fail.
void Session::answer_elsewhere() {
  sending_ = true;
  deadline_ = std::numeric_limits<std::uint64_t>::max();
  auto& context = thread_->context();
  // The loop runs on until the answer is there.
  auto work = asio::make_work_guard(context);
  thread_->waiting_calls().run([this, &context, work = std::move(work)]() mutable {
    try {
      exchange_.answer(&pending_);
    } catch (const std::exception&) {
      pending_.after = AfterSend::drop;
    }
    asio::post(context, [this] { on_answered(); });
    work.reset();
  });
}

void Session::on_answered() try {
  sending_ = false;
  if (is_closed_) return remove();
  HttpResponse& response = thread_->response();
  std::swap(response, pending_);
  pending_ = {};
  renew_deadline();
  if (send(&response) && keeps_open(response.after)) proceed();
} catch (const std::exception& failure) {
  fail(failure.what());
}

// A function has its own time limit, so the connection has none meanwhile; nor does the server wait
// for it.
void Session::call_functions() {
  if (self_ == nullptr) self_ = std::make_shared<Session*>(this);
  calling_ = true;
  deadline_ = std::numeric_limits<std::uint64_t>::max();
  exchange_.call_functions([entry = thread_->entry(), self = self_](LambdaReply reply) {
    entry->post([self, answer = std::move(reply)]() mutable {
      if (*self != nullptr) (*self)->on_called(std::move(answer));
    });
  });
}

void Session::on_called(LambdaReply reply) try {
  calling_ = false;
  HttpResponse& response = thread_->response();
  exchange_.finish_call(std::move(reply), &response);
  if (send(&response) && keeps_open(response.after)) proceed();
} catch (const std::exception& failure) {
  fail(failure.what());
}

// True when the answer is sent whole; otherwise what follows it happens later, or never.
bool Session::send(HttpResponse* response) {
  if (response->after == AfterSend::drop) {
    remove();
    return false;
  }
  const Buffers whole = rest_of(*response, 0);
  error_code error;
  const std::size_t sent = socket_.send(whole, 0, error);
  if (error && error != asio::error::would_block) {
    remove();
    return false;
  }
  if (sent == asio::buffer_size(whole)) return true;
  send_rest(response, sent);
  return false;
}

void Session::send_rest(HttpResponse* response, std::size_t sent) {
  std::swap(pending_, *response);
  sending_ = true;
  deadline_ = thread_->ticks_after(thread_->timeouts().idle);
  asio::async_write(socket_, rest_of(pending_, sent), [this](const error_code& error, std::size_t) {
    if (error) return remove();
    sending_ = false;
    const AfterSend after = pending_.after;
    pending_ = {};
    if (keeps_open(after)) proceed();
  });
}

bool Session::keeps_open(AfterSend after) {
  phase_ = HttpExchange::Phase::idle;
  if (after == AfterSend::keep && !thread_->is_stopping()) return true;
  if (after == AfterSend::linger && !thread_->is_stopping()) {
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    deadline_ = thread_->ticks_after(thread_->timeouts().linger);
    linger();
  } else {
    remove();
  }
  return false;
}

// Reads and drops what the client is still sending, until it closes or its time is over.
void Session::linger() {
  socket_.async_read_some(thread_->scratch(), [this](const error_code& error, std::size_t) {
    if (error) return remove();
    linger();
  });
}

// The header lines have their time as a whole; a body has it again with each piece of some size.
void Session::renew_deadline() {
  using Phase = HttpExchange::Phase;
  const Phase phase = exchange_.phase();
  const std::uint64_t received = exchange_.received_bytes();
  const bool progress = phase == Phase::body && received - bytes_at_renewal_ >= kBodyProgressBytes;
  if (phase == phase_ && phase != Phase::idle && !progress) return;
  const HttpTimeouts& timeouts = thread_->timeouts();
  deadline_ = thread_->ticks_after(phase == Phase::idle     ? timeouts.idle
                                   : phase == Phase::header ? timeouts.header
                                                            : timeouts.body);
  phase_ = phase;
  bytes_at_renewal_ = received;
}

void Session::fail(const char* what) {
  thread_->log().write(LogLevel::error, "a connection ended in a failure of ours",
                       {{"what", std::string_view(what)}});
  remove();
}

void Session::remove() {
  thread_->remove(this);
}

}  // namespace stator
