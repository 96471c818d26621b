// The memory of one request: many small allocations, one release.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace stator {

// A resource, owned by one thread at a time. Runs no destructors, so it takes trivially
// destructible types only. Never fails but by std::bad_alloc.
class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  void* allocate(std::size_t bytes, std::size_t alignment) {
    const std::size_t padding =
        (alignment - reinterpret_cast<std::uintptr_t>(at_)) & (alignment - 1);
    if (bytes + padding > static_cast<std::size_t>(end_ - at_)) return allocate_block(bytes);
    char* const result = at_ + padding;
    at_ = result + bytes;
    return result;
  }

  template <typename T, typename... Args>
  T* make(Args&&... args) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (allocate(sizeof(T), alignof(T))) T{std::forward<Args>(args)...};
  }

  template <typename T>
  std::span<T> make_array(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    T* const first = static_cast<T*>(allocate(count * sizeof(T), alignof(T)));
    for (std::size_t i = 0; i < count; ++i) new (first + i) T{};
    return {first, count};
  }

  template <typename T>
  std::span<const T> copy(const std::vector<T>& items) {
    const std::span<T> copied = make_array<T>(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) copied[i] = items[i];
    return copied;
  }

  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    char* const bytes = static_cast<char*>(allocate(text.size(), 1));
    std::memcpy(bytes, text.data(), text.size());
    return {bytes, text.size()};
  }

  // Forgets all allocations. Keeps the first block, which is what most requests need.
  void reset();

 private:
  void* allocate_block(std::size_t bytes);

  static constexpr std::size_t kBlockBytes = 16 * 1024;

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* at_ = nullptr;
  char* end_ = nullptr;
};

}  // namespace stator
