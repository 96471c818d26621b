// Positions (model/partition_map.h) as a person reads them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/table.h"

namespace stator {

// The key behind the hash, such as `pk="0000000007" sk=12`.
std::string position_text(std::string_view position, const std::vector<KeyAttribute>& attributes);

}  // namespace stator
