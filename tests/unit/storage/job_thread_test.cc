#include "storage/job_thread.h"

#include <gmock/gmock.h>

#include <future>
#include <vector>

namespace stator {
namespace {

using testing::ElementsAre;

// A job that says when it begins and waits until it may end.
struct Gate {
  std::promise<void> begun;
  std::promise<void> opened;

  static void pass(void* gate) {
    auto* const passed = static_cast<Gate*>(gate);
    passed->begun.set_value();
    passed->opened.get_future().wait();
  }
};

void count(void* counter) {
  ++*static_cast<int*>(counter);
}

void finish(void* promise) {
  static_cast<std::promise<void>*>(promise)->set_value();
}

Job job(void (*run)(void*), void* argument, const void* owner = nullptr) {
  return {.run = run, .argument = argument, .owner = owner, .forget = nullptr};
}

TEST(JobThread, RunsWhatIsAddedInItsOrder) {
  struct Step {
    std::vector<int>* order;
    int number;
    static void run(void* step) {
      static_cast<Step*>(step)->order->push_back(static_cast<Step*>(step)->number);
    }
  };
  std::vector<int> order;
  Step first{&order, 1};
  Step second{&order, 2};
  std::promise<void> done;
  JobThread thread(0);
  thread.add(job(&Step::run, &first));
  thread.add(job(&Step::run, &second));
  thread.add(job(finish, &done));
  done.get_future().wait();
  EXPECT_THAT(order, ElementsAre(1, 2));
}

TEST(JobThread, TakesBackTheJobsOfAnOwner) {
  Gate gate;
  int mine = 0;
  int forgotten = 0;
  int theirs = 0;
  std::promise<void> done;
  JobThread thread(0);
  thread.add(job(&Gate::pass, &gate));
  gate.begun.get_future().wait();
  thread.add({.run = count, .argument = &mine, .owner = &mine, .forget = nullptr});
  thread.add({.run = count, .argument = &forgotten, .owner = &mine, .forget = [](void* counter) {
                *static_cast<int*>(counter) = 100;
              }});
  thread.add(job(count, &theirs, &theirs));
  thread.add(job(finish, &done));
  EXPECT_EQ(thread.waiting(), 4U);
  EXPECT_EQ(thread.take_back(&mine), 2);
  EXPECT_EQ(thread.waiting(), 2U);
  gate.opened.set_value();
  done.get_future().wait();
  EXPECT_EQ(mine, 0);
  EXPECT_EQ(forgotten, 100);
  EXPECT_EQ(theirs, 1);
}

// The first runs until the second is forgotten.
TEST(JobThread, ItsEndForgetsWhatHasNotBegunAndWaitsForWhatRuns) {
  struct First {
    std::promise<void> begun;
    std::promise<void> second_is_forgotten;
    bool is_done = false;
    static void run(void* job) {
      auto* const self = static_cast<First*>(job);
      self->begun.set_value();
      self->second_is_forgotten.get_future().wait();
      self->is_done = true;
    }
  };
  First first;
  {
    JobThread thread(0);
    thread.add(job(&First::run, &first));
    first.begun.get_future().wait();
    thread.add({.run = [](void*) { ADD_FAILURE() << "was to be forgotten"; },
                .argument = &first.second_is_forgotten,
                .owner = nullptr,
                .forget = finish});
  }
  EXPECT_TRUE(first.is_done);
}

}  // namespace
}  // namespace stator
