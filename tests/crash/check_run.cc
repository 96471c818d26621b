#include "check_run.h"

#include <sys/wait.h>

#include <array>
#include <cstdio>

#include "crash_options.h"

namespace stator::crash {

CheckAnswer run_check(const std::string& directory) {
  const std::string command = options().stator + " check --data '" + directory + "' 2>&1";
  std::FILE* const pipe = ::popen(command.c_str(), "r");
  CheckAnswer answer;
  std::array<char, 4096> buffer;
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    answer.text.append(buffer.data(), count);
  }
  const int status = ::pclose(pipe);
  if (WIFEXITED(status)) answer.exit_status = WEXITSTATUS(status);
  return answer;
}

}  // namespace stator::crash
