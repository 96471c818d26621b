// `stator check` as a child of a test.
#pragma once

#include <string>

namespace stator::crash {

struct CheckAnswer {
  int exit_status = -1;
  std::string text;  // stdout and stderr
};

// Checks a directory that no server has open.
CheckAnswer run_check(const std::string& directory);

}  // namespace stator::crash
