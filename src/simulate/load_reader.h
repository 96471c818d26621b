// Reads a load: what is done to a table during a phase.
#pragma once

#include "base/result.h"
#include "simulate/object_fields.h"
#include "simulate/workload.h"

namespace stator {

// Ours; they keep a mistyped zero from filling the memory.
inline constexpr std::uint32_t kKeysMax = 16'777'216;  // numbers of keys, of one kind
inline constexpr double kRateMax = 1'000'000;          // requests a second
inline constexpr double kWorkersMax = 10'000;

//   errors  validation, "LINE: MEMBER: what is wrong"
Result<Load> read_load(const FileValue& value);

// How keys are drawn; `keys` has no default.
Result<KeyChoice> read_key_choice(const FileValue& value);

// A whole number, or {"from": 100, "to": 2000}.
Result<BytesRange> read_bytes(const FileValue& value);

}  // namespace stator
