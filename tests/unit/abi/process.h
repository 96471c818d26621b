// What this process holds: as /proc counts it, and what operator new has given out.
#pragma once

#include <cstddef>

namespace stator::testing_support {

struct ProcessUse {
  std::size_t threads = 0;
  std::size_t descriptors = 0;
  // Of operator new, this program's and its libraries'. Not their bytes: a block may be larger than
  // it was asked to be.
  std::size_t allocations = 0;
};

ProcessUse process_use();

}  // namespace stator::testing_support
