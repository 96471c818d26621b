// A program that stator has started: it ends with stator, with everything that it has started in
// its process group, and leaves no zombie.
#pragma once

#include <sys/types.h>

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"

namespace stator {

struct ChildOptions {
  std::vector<std::string> command;      // looked up in PATH
  std::string directory;                 // empty: ours
  std::vector<std::string> environment;  // "NAME=value": all of it
};

// A resource of the loop's thread, which must live as long as the child: the kernel kills the
// child when the thread that started it ends.
class ChildProcess {
 public:
  //   on_line  each line that it writes to stdout or stderr; may come after its end
  //   on_exit  how it ended: "exit status 1", "signal: killed"; not called once it is killed here
  // errors  internal: no process can be made, or no thread that waits for it; then it is killed
  static Result<std::unique_ptr<ChildProcess>> start(boost::asio::io_context* context,
                                                     const ChildOptions& options,
                                                     std::function<void(std::string_view)> on_line,
                                                     std::function<void(std::string)> on_exit);

  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // Kills it with its whole process group and waits for its end.
  ~ChildProcess();

  pid_t pid() const { return pid_; }

 private:
  ChildProcess(pid_t pid) : pid_(pid) {}
  Result<void> wait_in_background(boost::asio::io_context* context,
                                  std::function<void(std::string)> on_exit);

  const pid_t pid_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);  // whether on_exit is for anyone
  std::thread waiter_;
};

}  // namespace stator
