#include "base/arena.h"

#include <algorithm>

namespace stator {

void Arena::reset() {
  if (blocks_.empty()) return;
  blocks_.resize(1);
  at_ = blocks_.front().get();
  end_ = at_ + kBlockBytes;
}

// The first block has always kBlockBytes, so that reset() knows its size.
void* Arena::allocate_block(std::size_t bytes) {
  if (blocks_.empty() && bytes > kBlockBytes) blocks_.emplace_back(new char[kBlockBytes]);
  const std::size_t block_bytes = std::max(bytes, kBlockBytes);
  char* const block = blocks_.emplace_back(new char[block_bytes]).get();
  at_ = block + bytes;
  end_ = block + block_bytes;
  return block;
}

}  // namespace stator
