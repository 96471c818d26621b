#include "http_listener.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <vector>

namespace stator::support {
namespace {

// Whether `text` holds a whole request.
bool is_whole(const std::string& text) {
  const std::size_t head = text.find("\r\n\r\n");
  if (head == std::string::npos) return false;
  const std::size_t length = text.find("Content-Length: ");
  if (length == std::string::npos || length > head) return true;
  return text.size() >= head + 4 + std::strtoul(text.c_str() + length + 16, nullptr, 10);
}

}  // namespace

HttpListener::HttpListener(std::function<std::string(const std::string&)> answer)
    : answer_(std::move(answer)), listener_(socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
  listen(listener_, 16);
  getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { run(); });
}

HttpListener::~HttpListener() {
  shutdown(listener_, SHUT_RDWR);
  thread_.join();
  close(listener_);
}

std::string HttpListener::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + path;
}

void HttpListener::run() {
  std::vector<int> hanging;
  for (int connection = accept(listener_, nullptr, nullptr); connection >= 0;
       connection = accept(listener_, nullptr, nullptr)) {
    std::string request;
    char buffer[65536];
    while (!is_whole(request)) {
      const ssize_t count = recv(connection, buffer, sizeof(buffer), 0);
      if (count <= 0) break;
      request.append(buffer, static_cast<std::size_t>(count));
    }
    const std::string answer = answer_(request);
    if (answer == "hang") {
      hanging.push_back(connection);
      continue;
    }
    for (std::size_t sent = 0; sent < answer.size();) {
      const ssize_t count =
          send(connection, answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
      if (count <= 0) break;
      sent += static_cast<std::size_t>(count);
    }
    close(connection);
  }
  for (const int connection : hanging) close(connection);
}

std::string http_answer(const std::string& body, int status, const std::string& headers) {
  return "HTTP/1.1 " + std::to_string(status) + " X\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace stator::support
