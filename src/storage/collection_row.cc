#include "storage/collection_row.h"

#include "base/bytes.h"

namespace stator {

std::string encode_collection_size(std::int64_t bytes) {
  std::string row(sizeof bytes, '\0');
  std::memcpy(row.data(), &bytes, sizeof bytes);
  return row;
}

std::int64_t decode_collection_size(std::string_view row) {
  std::int64_t bytes = 0;
  if (row.size() == sizeof bytes) std::memcpy(&bytes, row.data(), sizeof bytes);
  return bytes;
}

}  // namespace stator
