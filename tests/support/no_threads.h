// A machine that has no thread left.
#pragma once

#include <pthread.h>

#include <cstddef>

namespace stator::testing_support {

// While it is there, no thread of this process can be made: each asks for more memory than there
// are addresses.
class NoThreads {
 public:
  NoThreads() {
    pthread_getattr_default_np(&before_);
    pthread_attr_t endless;
    pthread_getattr_default_np(&endless);
    pthread_attr_setstacksize(&endless, kStackBytes);
    pthread_setattr_default_np(&endless);
    pthread_attr_destroy(&endless);
  }
  NoThreads(const NoThreads&) = delete;
  NoThreads& operator=(const NoThreads&) = delete;
  ~NoThreads() {
    pthread_setattr_default_np(&before_);
    pthread_attr_destroy(&before_);
  }

 private:
  static constexpr std::size_t kStackBytes = std::size_t{1} << 50;

  pthread_attr_t before_;
};

}  // namespace stator::testing_support
