#include "server/http_exchange.h"

#include <cstring>
#include <string_view>
#include <utility>

#include "base/limits.h"

namespace stator {

namespace {

// Most requests come whole in one read of this size.
constexpr std::size_t kBufferBytes = 16 * 1024;

// The parser may ask for all header lines in one piece; bodies never need more.
constexpr std::size_t kBufferBytesMax = 64 * 1024;
static_assert(kBufferBytesMax > kHttpRequestLineBytesMax + kHttpHeaderBytesMax + 1024);

}  // namespace

HttpExchange::HttpExchange(RequestHandler* handler, Peer peer)
    : handler_(handler),
      peer_(peer),
      buffer_(new char[kBufferBytes]),
      buffer_bytes_(kBufferBytes) {}

std::span<char> HttpExchange::space() {
  return {buffer_.get() + end_, buffer_bytes_ - end_};
}

void HttpExchange::received(std::size_t bytes) {
  end_ += bytes;
  received_bytes_ += bytes;
}

HttpExchange::Next HttpExchange::advance(HttpResponse* response) {
  if (state_ == State::between_requests) skip_empty_lines();
  if (begin_ == end_) return receive_more(response);
  if (state_ == State::between_requests) state_ = State::in_request;
  const ParseStep step = parser_.parse({buffer_.get() + begin_, end_ - begin_});
  begin_ += step.consumed;
  switch (step.parsed) {
    case Parsed::need_more:
      return receive_more(response);
    case Parsed::bad_request:
      handler_->refuse(400, response);
      return Next::send;
    case Parsed::too_large:
      handler_->refuse(413, response);
      return Next::send;
    case Parsed::complete:
      break;
  }
  if (handler_->may_wait(parser_.request())) return Next::wait;
  if (handler_->is_for_functions(parser_.request())) return Next::call;
  handler_->handle(&parser_.request(), peer_, response);
  end_request();
  return Next::send;
}

void HttpExchange::answer(HttpResponse* response) {
  handler_->another()->handle(&parser_.request(), peer_, response);
  end_request();
}

void HttpExchange::call_functions(AnswerLambda done) {
  called_ = std::chrono::steady_clock::now();
  handler_->call_functions(parser_.request(), peer_, std::move(done));
}

void HttpExchange::finish_call(LambdaReply reply, HttpResponse* response) {
  handler_->answer_from_functions(parser_.request(), called_, std::move(reply), response);
  end_request();
}

void HttpExchange::end_request() {
  parser_.request().shrink();
  parser_.restart();
  state_ = State::between_requests;
}

HttpExchange::Phase HttpExchange::phase() const {
  if (state_ == State::between_requests) return Phase::idle;
  return parser_.in_body() ? Phase::body : Phase::header;
}

HttpExchange::Next HttpExchange::receive_more(HttpResponse* response) {
  make_room();
  if (state_ != State::in_request || !parser_.expects_continue()) return Next::receive;
  state_ = State::continued;
  response->head = "HTTP/1.1 100 Continue\r\n\r\n";
  response->reply.body.clear();
  response->after = AfterSend::keep;
  return Next::send;
}

// Some clients end a body with a line break that its length does not count.
void HttpExchange::skip_empty_lines() {
  while (begin_ != end_ && (buffer_[begin_] == '\r' || buffer_[begin_] == '\n')) ++begin_;
}

// Moves what is unparsed to the front: into a larger buffer when the request has filled this one,
// into a small one when the connection is idle, which it is without unparsed bytes only.
void HttpExchange::make_room() {
  const std::size_t unparsed = end_ - begin_;
  std::size_t bytes = buffer_bytes_;
  if (end_ == buffer_bytes_) bytes = kBufferBytesMax;
  if (state_ == State::between_requests) bytes = kBufferBytes;
  if (bytes != buffer_bytes_) {
    std::unique_ptr<char[]> moved(new char[bytes]);
    std::memcpy(moved.get(), buffer_.get() + begin_, unparsed);
    buffer_ = std::move(moved);
    buffer_bytes_ = bytes;
  } else if (begin_ != 0) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, unparsed);
  }
  begin_ = 0;
  end_ = unparsed;
}

}  // namespace stator
