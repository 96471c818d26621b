#include "http_client.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstddef>
#include <ctime>
#include <stdexcept>

namespace stator::support {
namespace {

constexpr std::string_view kLength = "content-length:";

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

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

// The number after `name` in a head, which is in lower case.
template <typename T>
T number_after(const std::string& head, std::string_view name) {
  std::size_t at = head.find(name);
  if (at != std::string::npos) at = head.find_first_not_of(' ', at + name.size());
  T number{};
  if (at == std::string::npos ||
      std::from_chars(head.data() + at, head.data() + head.size(), number).ec != std::errc()) {
    throw std::runtime_error("the answer is not HTTP: " + head.substr(0, 200));
  }
  return number;
}

}  // namespace

HttpReply HttpClient::call(std::string_view operation, std::string_view body) {
  const std::string date = amazon_date();
  std::string request = "POST / HTTP/1.1\r\nHost: " + host_ + ":" + port_ +
                        "\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Target: ";
  if (operation.find('.') == std::string_view::npos) request.append("DynamoDB_20120810.");
  request.append(operation).append("\r\nX-Amz-Date: " + date);
  request.append("\r\nAuthorization: " + authorization(date));
  request.append("\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n").append(body);
  if (descriptor_ < 0) connect();
  try {
    send_all(request);
    return receive();
  } catch (const std::runtime_error&) {
    close();
    throw;
  }
}

void HttpClient::connect() {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host_.c_str(), port_.c_str(), &hints, &found) == 0) {
    for (addrinfo* at = found; at != nullptr && descriptor_ < 0; at = at->ai_next) {
      descriptor_ = ::socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC, at->ai_protocol);
      if (descriptor_ >= 0 && ::connect(descriptor_, at->ai_addr, at->ai_addrlen) != 0) close();
    }
    ::freeaddrinfo(found);
  }
  if (descriptor_ < 0) throw std::runtime_error("nobody answers at " + host_ + ":" + port_);
  const int on = 1;
  ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

void HttpClient::close() {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
}

void HttpClient::send_all(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) throw std::runtime_error("the server closed the connection");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void HttpClient::receive_more(std::string* bytes) const {
  std::array<char, 65536> buffer;
  const ssize_t count = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
  if (count <= 0) throw std::runtime_error("the server broke the connection");
  bytes->append(buffer.data(), static_cast<std::size_t>(count));
}

HttpReply HttpClient::receive() {
  std::string received;
  std::size_t end = std::string::npos;
  while (end == std::string::npos) {
    receive_more(&received);
    end = received.find("\r\n\r\n");
  }
  const std::string head = lower(received.substr(0, end));
  HttpReply reply = {.status = number_after<int>(head, "http/1.1 "),
                     .body = received.substr(end + 4)};
  const auto size = number_after<std::size_t>(head, kLength);
  while (reply.body.size() < size) receive_more(&reply.body);
  if (head.find("connection: close") != std::string::npos) close();
  return reply;
}

}  // namespace stator::support
