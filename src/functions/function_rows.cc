#include "functions/function_rows.h"

#include "base/bytes.h"

namespace stator {

std::string function_key(std::string_view name) {
  return std::string(kFunctionPrefix).append(name);
}

std::string mapping_key(std::string_view uuid) {
  return std::string(kMappingPrefix).append(uuid);
}

std::string checkpoints_prefix(std::string_view uuid) {
  return std::string("P").append(uuid);
}

std::string checkpoint_key(std::string_view uuid, std::uint32_t shard) {
  std::string key = checkpoints_prefix(uuid);
  append_u32_be(shard, &key);
  return key;
}

std::string failure_key(std::uint64_t number) {
  std::string key(kFailurePrefix);
  append_u64_be(number, &key);
  return key;
}

}  // namespace stator
