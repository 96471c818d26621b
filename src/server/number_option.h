// Whole numbers of options.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace stator {

struct WholeNumberRange {
  std::int64_t least;
  std::int64_t most;
};

// In decimal digits, and nothing else.
//   errors  validation: another text, or a number out of range
Result<std::int64_t> parse_number(std::string_view text, WholeNumberRange range);

//   errors  as parse_number()
Result<std::uint16_t> parse_port(std::string_view text);

}  // namespace stator
