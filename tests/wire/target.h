// What the wire cases are run against.
#pragma once

#include <chrono>
#include <memory>
#include <string>

namespace stator::wire {

struct Answer {
  int status = 0;
  std::string body;
};

// Answers one request at a time. Not synchronised.
class Target {
 public:
  Target() = default;
  Target(const Target&) = delete;
  Target& operator=(const Target&) = delete;
  virtual ~Target() = default;

  // errors  throws std::runtime_error when no answer comes
  virtual Answer call(const std::string& operation, const std::string& body) = 0;

  // Lets time pass; whether this target can.
  virtual bool can_advance() const { return false; }
  virtual void advance(std::chrono::seconds) {}
};

// A database of its own, in memory and in this process.
std::unique_ptr<Target> open_database_target();

// Any server that speaks the protocol.
//   url     "http://host:port"
//   errors  throws std::runtime_error when the URL has another form
std::unique_ptr<Target> open_http_target(const std::string& url);

}  // namespace stator::wire
