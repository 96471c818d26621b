// A blocking HTTP/1.1 client of the least that is needed: one connection a request, read to its
// end.
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <ctime>
#include <stdexcept>
#include <string_view>

#include "target.h"

namespace stator::wire {
namespace {

// Closes what it holds.
class Socket {
 public:
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  bool is_open() const { return descriptor_ >= 0; }

  void send_all(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) throw std::runtime_error("the server closed the connection");
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  std::string receive_all() const {
    std::string received;
    std::array<char, 65536> buffer;
    for (;;) {
      const ssize_t count = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
      if (count < 0) throw std::runtime_error("the server broke the connection");
      if (count == 0) return received;
      received.append(buffer.data(), static_cast<std::size_t>(count));
    }
  }

 private:
  const int descriptor_;
};

int connected_descriptor(const std::string& host, const std::string& port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0) return -1;
  int descriptor = -1;
  for (addrinfo* at = found; at != nullptr && descriptor < 0; at = at->ai_next) {
    descriptor = ::socket(at->ai_family, at->ai_socktype, at->ai_protocol);
    if (descriptor >= 0 && ::connect(descriptor, at->ai_addr, at->ai_addrlen) != 0) {
      ::close(descriptor);
      descriptor = -1;
    }
  }
  ::freeaddrinfo(found);
  return descriptor;
}

std::string amazon_date() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::array<char, 32> text;
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y%m%dT%H%M%SZ", &parts);
  return {text.data(), size};
}

// Well-formed, and signed by nobody.
std::string authorization(const std::string& date) {
  return "AWS4-HMAC-SHA256 Credential=local/" + date.substr(0, 8) +
         "/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, "
         "Signature=" +
         std::string(64, '0');
}

Answer parse_answer(const std::string& received) {
  const std::size_t end = received.find("\r\n\r\n");
  const std::size_t space = received.find(' ');
  Answer answer;
  if (end == std::string::npos || space == std::string::npos ||
      std::from_chars(received.data() + space + 1, received.data() + end, answer.status).ec !=
          std::errc()) {
    throw std::runtime_error("the answer is not HTTP: " + received.substr(0, 200));
  }
  answer.body = received.substr(end + 4);
  return answer;
}

class HttpTarget final : public Target {
 public:
  HttpTarget(std::string host, std::string port) : host_(std::move(host)), port_(std::move(port)) {}

  Answer call(const std::string& operation, const std::string& body) override {
    const Socket socket(connected_descriptor(host_, port_));
    if (!socket.is_open()) throw std::runtime_error("nobody answers at " + host_ + ":" + port_);
    socket.send_all(request(operation, body));
    return parse_answer(socket.receive_all());
  }

 private:
  std::string request(const std::string& operation, const std::string& body) const {
    const std::string date = amazon_date();
    return "POST / HTTP/1.1\r\nHost: " + host_ + ":" + port_ +
           "\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Target: DynamoDB_20120810." +
           operation + "\r\nX-Amz-Date: " + date + "\r\nAuthorization: " + authorization(date) +
           "\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           body;
  }

  const std::string host_;
  const std::string port_;
};

}  // namespace

std::unique_ptr<Target> open_http_target(const std::string& url) {
  constexpr std::string_view kScheme = "http://";
  const std::size_t colon = url.rfind(':');
  if (!url.starts_with(kScheme) || colon < kScheme.size()) {
    throw std::runtime_error("an endpoint is http://host:port, not " + url);
  }
  std::string port = url.substr(colon + 1);
  while (port.ends_with('/')) port.pop_back();
  return std::make_unique<HttpTarget>(url.substr(kScheme.size(), colon - kScheme.size()), port);
}

}  // namespace stator::wire
