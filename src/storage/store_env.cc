#include "storage/store_env.h"

#include <rocksdb/env.h>

#include "storage/job_thread.h"

namespace stator {
namespace {

constexpr int kAsRequests = 0;

// Requests come before compactions, which catch up when there is time: when there is none for
// long, RocksDB slows writes down. As low as nice(2) goes.
constexpr int kBehindRequests = 19;

// RocksDB asks for more threads than these when it shall do more than one compaction at a time; it
// is content with what there is.
class StoreEnv final : public rocksdb::EnvWrapper {
 public:
  // What it would make of the other's files and clock itself is one more step for each call.
  explicit StoreEnv(rocksdb::Env* files) : rocksdb::EnvWrapper(files) {
    file_system_ = files->GetFileSystem();
    system_clock_ = files->GetSystemClock();
  }

  void Schedule(void (*run)(void*), void* argument, Priority pool, void* owner,
                void (*forget)(void*)) override {
    thread_of(pool).add({.run = run, .argument = argument, .owner = owner, .forget = forget});
  }
  int UnSchedule(void* owner, Priority pool) override { return thread_of(pool).take_back(owner); }
  unsigned int GetThreadPoolQueueLen(Priority pool) const override {
    return static_cast<unsigned int>(pool == HIGH ? flushes_.waiting() : compactions_.waiting());
  }
  int GetBackgroundThreads(Priority pool) override { return pool == HIGH || pool == LOW ? 1 : 0; }

  void SetBackgroundThreads(int, Priority) override {}
  void IncBackgroundThreadsIfNeeded(int, Priority) override {}
  int ReserveThreads(int, Priority) override { return 0; }
  int ReleaseThreads(int, Priority) override { return 0; }

 private:
  JobThread& thread_of(Priority pool) { return pool == HIGH ? flushes_ : compactions_; }

  JobThread flushes_{kAsRequests};
  JobThread compactions_{kBehindRequests};
};

}  // namespace

std::unique_ptr<rocksdb::Env> make_store_env(rocksdb::Env* files) {
  return std::make_unique<StoreEnv>(files);
}

}  // namespace stator
