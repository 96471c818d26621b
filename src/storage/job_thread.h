// Runs a store's background jobs, one after the other, on a thread of its own.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <thread>

#include "base/thread_annotations.h"

namespace stator {

// A job as RocksDB hands it over.
struct Job {
  void (*run)(void* argument) = nullptr;
  void* argument = nullptr;
  const void* owner = nullptr;               // by whom it is taken back
  void (*forget)(void* argument) = nullptr;  // called instead of `run` when it is; may be null
};

// A resource; thread-safe. The thread starts with the first job. Its end forgets the jobs that
// have not begun and waits for the one that runs.
class JobThread {
 public:
  //   nice_steps  see lower_thread_priority
  explicit JobThread(int nice_steps) : nice_steps_(nice_steps) {}
  JobThread(const JobThread&) = delete;
  JobThread& operator=(const JobThread&) = delete;
  ~JobThread();

  void add(const Job& job);

  // Forgets the jobs of `owner` that have not begun; returns how many.
  int take_back(const void* owner);

  // Jobs that have not begun.
  std::size_t waiting() const;

 private:
  void run();

  const int nice_steps_;
  mutable Mutex mu_;
  std::condition_variable_any changed_;
  std::deque<Job> jobs_ GUARDED_BY(mu_);
  bool is_stopping_ GUARDED_BY(mu_) = false;
  std::thread thread_ GUARDED_BY(mu_);
};

}  // namespace stator
