#include "base/deep_stack.h"

#include <pthread.h>

namespace stator {
namespace {

extern "C" void* run_work(void* work) {
  (*static_cast<const std::function<void()>*>(work))();
  return nullptr;
}

}  // namespace

bool run_on_deep_stack(std::size_t bytes, const std::function<void()>& work) {
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) return false;
  pthread_t thread{};
  // pthread_create takes what it does not change without const.
  const bool runs = pthread_attr_setstacksize(&attributes, bytes) == 0 &&
                    pthread_create(&thread, &attributes, run_work,
                                   const_cast<std::function<void()>*>(&work)) == 0;
  pthread_attr_destroy(&attributes);
  return runs && pthread_join(thread, nullptr) == 0;
}

}  // namespace stator
