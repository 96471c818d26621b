#include "server/healthcheck.h"

#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <memory>
#include <string_view>

namespace stator {

namespace {

constexpr timeval kTimeout{.tv_sec = 2, .tv_usec = 0};

class Socket {
 public:
  explicit Socket(const addrinfo& address)
      : descriptor_(socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &kTimeout, sizeof(kTimeout));
    setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &kTimeout, sizeof(kTimeout));
  }
  ~Socket() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  int descriptor() const { return descriptor_; }

 private:
  const int descriptor_;
};

// The first `size` bytes that arrive, or fewer when the connection ends before.
std::string receive(int descriptor, std::size_t size) {
  std::string received(size, '\0');
  std::size_t filled = 0;
  while (filled < size) {
    const ssize_t count = recv(descriptor, received.data() + filled, size - filled, 0);
    if (count <= 0) break;
    filled += static_cast<std::size_t>(count);
  }
  received.resize(filled);
  return received;
}

bool answers_ok(const addrinfo& address) {
  constexpr std::string_view kRequest =
      "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  constexpr std::string_view kOk = "HTTP/1.1 200 ";
  const Socket socket(address);
  if (socket.descriptor() < 0) return false;
  if (connect(socket.descriptor(), address.ai_addr, address.ai_addrlen) != 0) return false;
  const ssize_t sent = send(socket.descriptor(), kRequest.data(), kRequest.size(), MSG_NOSIGNAL);
  if (sent != static_cast<ssize_t>(kRequest.size())) return false;
  return receive(socket.descriptor(), kOk.size()) == kOk;
}

}  // namespace

bool is_healthy(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) return false;
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> addresses(found, &freeaddrinfo);
  for (const addrinfo* address = found; address != nullptr; address = address->ai_next) {
    if (answers_ok(*address)) return true;
  }
  return false;
}

}  // namespace stator
