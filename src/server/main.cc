// The binary `stator`.
#include <chrono>
#include <ctime>

#include "server/command_line.h"
#include "server/ddblocal_command.h"

namespace stator {
namespace {

// The processor time that loading and linking took; the wall clock has no finer trace of it.
std::chrono::nanoseconds process_age() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

int run(int argument_count, char** arguments) {
  const ProcessStart start{std::chrono::steady_clock::now(), process_age()};
  if (is_ddblocal_command(argument_count, arguments)) {
    return run_as_ddblocal({arguments + 1, arguments + argument_count}, start);
  }
  return CommandLine(start).run(argument_count, arguments);
}

}  // namespace
}  // namespace stator

int main(int argument_count, char** arguments) {
  return stator::run(argument_count, arguments);
}
