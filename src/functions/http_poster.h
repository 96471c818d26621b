// Posts to URLs, behind an interface: functions and destinations that are called over HTTP.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/url.h"

namespace stator {

struct HttpPost {
  Url url;
  std::string body;  // JSON
  std::vector<std::pair<std::string, std::string>> headers;
  std::chrono::milliseconds timeout{0};
  std::size_t answer_bytes_max = 0;
};

enum class HttpEnd {
  answered,
  unreachable,  // no connection, or it ended before all of the request was sent
  broken,       // no whole answer came
  timed_out,
  too_large,
};

struct HttpAnswer {
  HttpEnd end = HttpEnd::answered;
  int status = 0;
  std::string function_error;  // the header X-Amz-Function-Error
  std::string body;
};

// Thread-safe.
class HttpPoster {
 public:
  HttpPoster() = default;
  HttpPoster(const HttpPoster&) = delete;
  HttpPoster& operator=(const HttpPoster&) = delete;
  virtual ~HttpPoster() = default;

  // `done` is called once, on another thread; it is quick. After the poster's end nothing is
  // called any more.
  virtual void post(HttpPost post, std::function<void(HttpAnswer)> done) = 0;
};

}  // namespace stator
