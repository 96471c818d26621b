// Where functions, mappings and checkpoints are kept: a few rows of the store, behind an interface
// of what this layer needs of it.
//
//   row := "F" name                        -> function (function_bytes.h)
//        | "M" uuid:36                     -> event source mapping (mapping_bytes.h)
//        | "P" uuid:36 shard:u32be         -> checkpoint (streams/delivery_checkpoint.h)
//        | "X" number:u64be                -> a document of a failure that has no other place, JSON
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace stator {

// A row as it is, or is to be. A value.
struct FunctionRow {
  std::string key;
  std::string value;
  bool erase = false;
};

// Thread-safe.
class FunctionRows {
 public:
  FunctionRows() = default;
  FunctionRows(const FunctionRows&) = delete;
  FunctionRows& operator=(const FunctionRows&) = delete;
  virtual ~FunctionRows() = default;

  // All rows or none; durable as the store's commits are.
  //   errors  internal
  virtual Result<void> commit(std::span<const FunctionRow> rows) = 0;

  // The rows whose keys begin with `prefix`, in their order.
  //   errors  internal
  virtual Result<std::vector<FunctionRow>> scan(std::string_view prefix) const = 0;
};

std::string function_key(std::string_view name);
std::string mapping_key(std::string_view uuid);
// Of all checkpoints of a mapping.
std::string checkpoints_prefix(std::string_view uuid);
std::string checkpoint_key(std::string_view uuid, std::uint32_t shard);
std::string failure_key(std::uint64_t number);

inline constexpr std::string_view kFunctionPrefix = "F";
inline constexpr std::string_view kMappingPrefix = "M";
inline constexpr std::string_view kFailurePrefix = "X";

}  // namespace stator
