// The binary `stator` as a child of a test.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

namespace stator::crash {

// How a process ended and what it said.
struct Ending {
  int exit_status = -1;  // -1: a signal ended it
  int signal = 0;
  std::string error_text;  // stderr
  std::chrono::milliseconds took{0};
};

// `stator serve` with the given arguments. A resource: what still runs at the end is killed.
class ServerProcess {
 public:
  // Starts it; does not wait until it is ready.
  //   errors  throws std::runtime_error
  explicit ServerProcess(const std::vector<std::string>& arguments);
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;
  ~ServerProcess();

  // Waits for the ready line and returns the port.
  //   errors  throws std::runtime_error with what it said instead
  std::string wait_until_ready();

  void send_signal(int signal) const;

  // Waits for the end.
  Ending wait();

  // Sends the signal and waits for the end.
  Ending end_with(int signal);

 private:
  std::string read_all(int descriptor) const;

  pid_t pid_ = -1;
  int out_ = -1;
  int error_ = -1;
};

}  // namespace stator::crash
