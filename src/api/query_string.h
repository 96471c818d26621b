// The query of a URL: what stands behind its '?'.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace stator {

struct QueryParameter {
  std::string name;
  std::string value;  // empty where there is no '='
  bool operator==(const QueryParameter&) const = default;
};

// The parameters in order, decoded ("%2F" is '/', '+' is ' ').
//   query   undecoded; empty: no parameters
//   known   the names that there may be
//   errors  validation: longer than kQueryBytesMax, a name that is not known or stands twice, a '%'
//           without two hexadecimal digits
Result<std::vector<QueryParameter>> parse_query(std::string_view query,
                                                std::span<const std::string_view> known);

}  // namespace stator
