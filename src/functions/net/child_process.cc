#include "functions/net/child_process.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <csignal>
#include <cstring>
#include <istream>
#include <utility>

#include "base/start_thread.h"

namespace stator {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// A longer line is given out in pieces.
constexpr std::size_t kLineBytesMax = 8 * 1024;

// The lines of a pipe, until nobody holds its other end. Kept alive by what is outstanding.
class LineReader : public std::enable_shared_from_this<LineReader> {
 public:
  LineReader(asio::io_context* context, int descriptor,
             std::function<void(std::string_view)> on_line)
      : pipe_(*context, descriptor), on_line_(std::move(on_line)) {}

  void read() {
    asio::async_read_until(pipe_, asio::dynamic_buffer(text_, kLineBytesMax), '\n',
                           [self = shared_from_this()](const error_code& error, std::size_t size) {
                             self->on_read(error, size);
                           });
  }

 private:
  void on_read(const error_code& error, std::size_t size) {
    if (error) {
      give_out(text_.size());
      if (error != asio::error::not_found) return;  // not a line that is too long, but the end
    } else {
      give_out(size);
    }
    read();
  }

  void give_out(std::size_t size) {
    std::string_view line = std::string_view(text_).substr(0, size);
    if (line.ends_with('\n')) line.remove_suffix(1);
    if (!line.empty()) on_line_(line);
    text_.erase(0, size);
  }

  asio::posix::stream_descriptor pipe_;
  const std::function<void(std::string_view)> on_line_;
  std::string text_;
};

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// Between fork and exec only what is safe in a signal handler.
struct Exec {
  char* const* command;
  char* const* environment;
  const char* directory;  // null: ours
  int output;
  pid_t parent;
};

[[noreturn]] void fail_in_child(const char* what) {
  const char* const why = strerrordesc_np(errno);
  for (const char* text : {what, ": ", why == nullptr ? "error" : why, "\n"}) {
    if (write(STDERR_FILENO, text, std::strlen(text)) < 0) break;
  }
  _exit(127);
}

[[noreturn]] void run_child(const Exec& exec) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != exec.parent) _exit(127);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  std::signal(SIGPIPE, SIG_DFL);
  const int input = open("/dev/null", O_RDONLY);
  dup2(input, STDIN_FILENO);
  dup2(exec.output, STDOUT_FILENO);
  dup2(exec.output, STDERR_FILENO);
  close_range(STDERR_FILENO + 1, ~0U, 0);
  if (exec.directory != nullptr && chdir(exec.directory) != 0) fail_in_child(exec.directory);
  execvpe(exec.command[0], exec.command, exec.environment);
  fail_in_child(exec.command[0]);
}

std::string end_of(const siginfo_t& info) {
  if (info.si_code == CLD_EXITED) return "exit status " + std::to_string(info.si_status);
  const char* const name = sigdescr_np(info.si_status);
  return "signal: " + std::string(name == nullptr ? std::to_string(info.si_status) : name);
}

}  // namespace

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(
    asio::io_context* context, const ChildOptions& options,
    std::function<void(std::string_view)> on_line, std::function<void(std::string)> on_exit) {
  int pipe_ends[2];
  if (pipe2(pipe_ends, O_CLOEXEC) != 0) {
    return Error(ErrorCode::internal, "cannot make a pipe for a program");
  }
  const std::vector<char*> command = pointers(options.command);
  const std::vector<char*> environment = pointers(options.environment);
  const Exec exec{.command = command.data(),
                  .environment = environment.data(),
                  .directory = options.directory.empty() ? nullptr : options.directory.c_str(),
                  .output = pipe_ends[1],
                  .parent = getpid()};
  const pid_t pid = fork();
  if (pid == 0) run_child(exec);
  close(pipe_ends[1]);
  if (pid < 0) {
    close(pipe_ends[0]);
    return Error(ErrorCode::internal, "cannot start a process for a program");
  }
  setpgid(pid, pid);  // here too: whoever kills the group must find it
  std::make_shared<LineReader>(context, pipe_ends[0], std::move(on_line))->read();
  std::unique_ptr<ChildProcess> child(new ChildProcess(pid));
  TRY(child->wait_in_background(context, std::move(on_exit)));
  return child;
}

// The waiter does not reap: until the child's destructor does, its number is nobody else's.
Result<void> ChildProcess::wait_in_background(asio::io_context* context,
                                              std::function<void(std::string)> on_exit) {
  waiter_ = TRY(start_thread([context, pid = pid_, alive = alive_, on_exit = std::move(on_exit)] {
    siginfo_t info{};
    while (waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT) != 0) {
      if (errno != EINTR) return;
    }
    asio::post(*context, [alive, on_exit, end = end_of(info)] {
      if (*alive) on_exit(end);
    });
  }));
  return {};
}

ChildProcess::~ChildProcess() {
  *alive_ = false;
  kill(-pid_, SIGKILL);
  if (waiter_.joinable()) waiter_.join();
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace stator
