#include "base/thread_priority.h"

#include <sys/resource.h>

namespace stator {

// Linux keeps the nice value by thread, and 0 is the calling one. What it refuses changes nothing
// but speed.
void lower_thread_priority(int nice_steps) {
  const int nice_value = getpriority(PRIO_PROCESS, 0);
  setpriority(PRIO_PROCESS, 0, nice_value + nice_steps);
}

}  // namespace stator
