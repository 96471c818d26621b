// How stator refuses what it knows and cannot do yet: by name, so that nothing is ignored.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace stator {

//   what  a member of a request, or an operation
inline Error not_supported(std::string_view what) {
  return validation_error(std::string(what) + " is not supported yet");
}

}  // namespace stator
