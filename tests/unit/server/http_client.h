// A blocking HTTP client for tests: sends bytes as they are, reads one answer at a time.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace stator {

// An answer taken apart; header names in lower case.
struct Answer {
  int status = 0;
  std::map<std::string, std::string> headers;
  std::string body;

  std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
  }
};

// The first answer in `bytes`, which it is taken from; none while it is not whole. The answer to a
// HEAD request has no body whatever its length says.
enum class BodyOf { any, head };
std::optional<Answer> take_answer(std::string* bytes, BodyOf body_of = BodyOf::any);

// "POST / HTTP/1.1" with the headers of an SDK, `lines` (each with its end), and the body.
std::string post_request(std::string_view operation, std::string_view body,
                         std::string_view lines = "");

// A connection to 127.0.0.1. What the server does not do within ten seconds fails the test.
class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // Sends all bytes; false when the server has closed.
  bool send(std::string_view bytes);

  // Says that nothing more will be sent.
  void finish_sending();

  // The next answer; its status is 0 when the connection ends or the time is over before.
  Answer receive(BodyOf body_of = BodyOf::any);

  // Waits until a part of an answer has come.
  bool waits_for_first_bytes() { return fill(); }

  // Reads until the server closes; true when it did, and nothing had come before.
  bool is_closed_by_server();

  const std::string& unread() const { return received_; }

 private:
  bool fill();

  int descriptor_;
  std::string received_;
};

}  // namespace stator
