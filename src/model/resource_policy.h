// The policy document of a table or a stream. It is kept and given back, and decides nothing: there
// is one account, and it may do everything.
#pragma once

#include <string>

namespace stator {

struct ResourcePolicy {
  std::string document;
  std::string revision;
  bool operator==(const ResourcePolicy&) const = default;
};

}  // namespace stator
