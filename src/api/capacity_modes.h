// The capacity modes by name.
#pragma once

#include <string_view>

#include "stator/capacity.h"

namespace stator {

// "enforce"
std::string_view name_of(CapacityMode mode);

}  // namespace stator
