// A mutex that clang's -Wthread-safety understands, and the words for it.
#pragma once

#include <mutex>

#if defined(__clang__)
#define STATOR_THREAD_ANNOTATION(x) __attribute__((x))
#else
#define STATOR_THREAD_ANNOTATION(x)
#endif

#define GUARDED_BY(mutex) STATOR_THREAD_ANNOTATION(guarded_by(mutex))
#define REQUIRES(mutex) STATOR_THREAD_ANNOTATION(requires_capability(mutex))

namespace stator {

class STATOR_THREAD_ANNOTATION(capability("mutex")) Mutex {
 public:
  void lock() STATOR_THREAD_ANNOTATION(acquire_capability()) { mutex_.lock(); }
  void unlock() STATOR_THREAD_ANNOTATION(release_capability()) { mutex_.unlock(); }

 private:
  std::mutex mutex_;
};

class STATOR_THREAD_ANNOTATION(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex* mutex) STATOR_THREAD_ANNOTATION(acquire_capability(mutex))
      : mutex_(mutex) {
    mutex_->lock();
  }
  ~MutexLock() STATOR_THREAD_ANNOTATION(release_capability()) { mutex_->unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex* const mutex_;
};

}  // namespace stator
