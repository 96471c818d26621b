// AWS regions, as far as stator has to know them.
#pragma once

#include <string_view>

namespace stator {

// What ARNs of the region begin with, behind "arn:"; "aws" of a region that nobody knows.
std::string_view arn_partition(std::string_view region);

}  // namespace stator
