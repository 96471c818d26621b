#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace stator::internal {

void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "stator: internal error: CHECK(%s) failed at %s:%d\n", condition, file,
               line);
  std::abort();
}

}  // namespace stator::internal
