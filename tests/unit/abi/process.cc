#include "process.h"

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <new>

namespace {

std::atomic<std::size_t> allocations = 0;

}  // namespace

// They stand in for those of the C++ library in the whole process; those that are not here call
// these, but for a sanitizer's, whose memory these could not free.
void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept {
  void* const memory = std::malloc(bytes);
  if (memory != nullptr) ++allocations;
  return memory;
}

void* operator new(std::size_t bytes) {
  void* const memory = operator new(bytes, std::nothrow);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

void operator delete(void* memory) noexcept {
  if (memory != nullptr) --allocations;
  std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
  operator delete(memory);
}

namespace stator::testing_support {
namespace {

std::size_t entries(const char* directory) {
  return static_cast<std::size_t>(
      std::distance(std::filesystem::directory_iterator(directory), {}));
}

}  // namespace

ProcessUse process_use() {
  ProcessUse use{.allocations = allocations};
  use.threads = entries("/proc/self/task");
  use.descriptors = entries("/proc/self/fd");
  return use;
}

}  // namespace stator::testing_support
