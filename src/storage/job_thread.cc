#include "storage/job_thread.h"

#include <algorithm>
#include <utility>

#include "base/thread_priority.h"

namespace stator {
namespace {

void forget(const std::deque<Job>& jobs) {
  for (const Job& job : jobs) {
    if (job.forget != nullptr) job.forget(job.argument);
  }
}

}  // namespace

JobThread::~JobThread() {
  std::deque<Job> left;
  std::thread thread;
  {
    const MutexLock lock(&mu_);
    is_stopping_ = true;
    left.swap(jobs_);
    thread.swap(thread_);
  }
  changed_.notify_one();
  forget(left);
  if (thread.joinable()) thread.join();
}

void JobThread::add(const Job& job) {
  {
    const MutexLock lock(&mu_);
    jobs_.push_back(job);
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  }
  changed_.notify_one();
}

int JobThread::take_back(const void* owner) {
  std::deque<Job> taken;
  {
    const MutexLock lock(&mu_);
    const auto others = std::stable_partition(
        jobs_.begin(), jobs_.end(), [owner](const Job& job) { return job.owner != owner; });
    taken.assign(others, jobs_.end());
    jobs_.erase(others, jobs_.end());
  }
  forget(taken);
  return static_cast<int>(taken.size());
}

std::size_t JobThread::waiting() const {
  const MutexLock lock(&mu_);
  return jobs_.size();
}

void JobThread::run() {
  lower_thread_priority(nice_steps_);
  for (;;) {
    Job next;
    {
      const MutexLock lock(&mu_);
      while (jobs_.empty() && !is_stopping_) changed_.wait(mu_);
      if (is_stopping_) return;
      next = jobs_.front();
      jobs_.pop_front();
    }
    next.run(next.argument);
  }
}

}  // namespace stator
