#include "server_process.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>
#include <string_view>

#include "crash_options.h"

namespace stator::crash {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::string_view kReady = " ready on http://";

struct Pipe {
  int reader = -1;
  int writer = -1;
};

Pipe open_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error(std::strerror(errno));
  return {.reader = ends[0], .writer = ends[1]};
}

std::vector<char*> argument_pointers(std::vector<std::string>* arguments) {
  std::vector<char*> pointers;
  for (std::string& argument : *arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  return pointers;
}

// In the child: only calls that are safe after fork.
[[noreturn]] void run_binary(const Pipe& out, const Pipe& error, char* const* arguments) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::dup2(out.writer, STDOUT_FILENO);
  ::dup2(error.writer, STDERR_FILENO);
  ::execv(arguments[0], arguments);
  ::_exit(127);
}

}  // namespace

ServerProcess::ServerProcess(const std::vector<std::string>& arguments) {
  std::vector<std::string> all = {options().stator, "serve"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  const std::vector<char*> pointers = argument_pointers(&all);
  const Pipe out = open_pipe();
  const Pipe error = open_pipe();
  pid_ = ::fork();
  if (pid_ == 0) run_binary(out, error, pointers.data());
  ::close(out.writer);
  ::close(error.writer);
  out_ = out.reader;
  error_ = error.reader;
  if (pid_ < 0) throw std::runtime_error(std::strerror(errno));
}

ServerProcess::~ServerProcess() {
  if (pid_ > 0) end_with(SIGKILL);
  ::close(out_);
  ::close(error_);
}

std::string ServerProcess::wait_until_ready() {
  std::string line;
  char c = 0;
  while (::read(out_, &c, 1) == 1 && c != '\n') line += c;
  const std::size_t host = line.find(kReady);
  const std::size_t colon = host == std::string::npos ? host : line.find(':', host + kReady.size());
  if (colon == std::string::npos) {
    throw std::runtime_error("not ready: " + line + read_all(error_));
  }
  const std::size_t end = line.find_first_not_of("0123456789", colon + 1);
  return line.substr(colon + 1, end - colon - 1);
}

void ServerProcess::send_signal(int signal) const {
  ::kill(pid_, signal);
}

Ending ServerProcess::wait() {
  const Steady::time_point start = Steady::now();
  Ending ending;
  ending.error_text = read_all(error_);  // to its end: the process has closed it
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  if (WIFEXITED(status)) ending.exit_status = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) ending.signal = WTERMSIG(status);
  ending.took = std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - start);
  return ending;
}

Ending ServerProcess::end_with(int signal) {
  send_signal(signal);
  return wait();
}

std::string ServerProcess::read_all(int descriptor) const {
  std::string text;
  std::array<char, 4096> buffer;
  for (;;) {
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count <= 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace stator::crash
