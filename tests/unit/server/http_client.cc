#include "http_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "base/ascii.h"

namespace stator {

namespace {

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) c = ascii_lower(c);
  return lowered;
}

// The header lines between the status line and the empty line.
std::map<std::string, std::string> parse_headers(std::string_view lines) {
  std::map<std::string, std::string> headers;
  while (!lines.empty()) {
    const std::size_t end = lines.find("\r\n");
    const std::string_view line = lines.substr(0, end);
    const std::size_t colon = line.find(": ");
    headers[lower(line.substr(0, colon))] = line.substr(colon + 2);
    lines.remove_prefix(end + 2);
  }
  return headers;
}

}  // namespace

std::optional<Answer> take_answer(std::string* bytes, BodyOf body_of) {
  const std::size_t end = bytes->find("\r\n\r\n");
  if (end == std::string::npos) return std::nullopt;
  const std::size_t line_end = bytes->find("\r\n");
  Answer answer;
  answer.status = std::atoi(bytes->c_str() + sizeof("HTTP/1.1"));
  answer.headers = parse_headers(std::string_view(*bytes).substr(line_end + 2, end - line_end));
  const std::size_t length =
      body_of == BodyOf::head ? 0
                              : std::strtoul(answer.header("content-length").c_str(), nullptr, 10);
  if (bytes->size() < end + 4 + length) return std::nullopt;
  answer.body = bytes->substr(end + 4, length);
  bytes->erase(0, end + 4 + length);
  return answer;
}

std::string post_request(std::string_view operation, std::string_view body,
                         std::string_view lines) {
  std::string request = "POST / HTTP/1.1\r\nHost: test:1\r\nX-Amz-Target: DynamoDB_20120810.";
  request.append(operation);
  request.append(
      "\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Date: 20260101T000000Z\r\n"
      "Authorization: AWS4-HMAC-SHA256 Credential=KEY/20260101/eu-west-1/dynamodb/aws4_request, "
      "SignedHeaders=host, Signature=00\r\n");
  request.append(lines);
  request.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n");
  return request.append(body);
}

HttpClient::HttpClient(std::uint16_t port) : descriptor_(socket(AF_INET, SOCK_STREAM, 0)) {
  const timeval limit{.tv_sec = 10, .tv_usec = 0};
  setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
  setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) {
    close(descriptor_);
    descriptor_ = -1;
  }
}

HttpClient::~HttpClient() {
  if (descriptor_ >= 0) close(descriptor_);
}

bool HttpClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void HttpClient::finish_sending() {
  shutdown(descriptor_, SHUT_WR);
}

Answer HttpClient::receive(BodyOf body_of) {
  for (;;) {
    if (auto answer = take_answer(&received_, body_of)) return *std::move(answer);
    if (!fill()) return {};
  }
}

bool HttpClient::is_closed_by_server() {
  const std::size_t before = received_.size();
  while (fill()) {
  }
  const bool timed_out = errno == EAGAIN || errno == EWOULDBLOCK;
  return !timed_out && received_.size() == before;
}

bool HttpClient::fill() {
  char bytes[64 * 1024];
  errno = 0;
  const ssize_t count = recv(descriptor_, bytes, sizeof(bytes), 0);
  if (count <= 0) return false;
  received_.append(bytes, static_cast<std::size_t>(count));
  return true;
}

}  // namespace stator
