#include "base/exit_status.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

namespace stator {

int fail(int status, std::string_view why) {
  const std::string line = "stator: " + std::string(why) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
  return status;
}

int end_of_output(int status) {
  const bool is_lost = std::ferror(stdout) != 0;  // before now, and nobody knows why any more
  if (std::fflush(stdout) == 0 && !is_lost) return status;
  const std::string why = is_lost ? "" : std::string(": ") + std::strerror(errno);
  return fail(kExitCannotStart, "cannot write all of the output" + why);
}

}  // namespace stator
