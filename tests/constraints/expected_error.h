// What AWS says of a request whose broken constraints are known.
#pragma once

#include <string>
#include <vector>

namespace stator::constraints {

struct Broken {
  std::string value;  // with its quotes, or "null"; empty: not told
  std::string path;
  std::string constraint;
};

// What is wrong with one member of a request.
struct BrokenMember {
  std::vector<Broken> own;
  std::vector<Broken> inside;
  bool is_told_alone = false;
  bool is_inside_last = false;
  bool is_newer = false;
};

// What AWS tells, in its order; empty: nothing is wrong.
std::vector<Broken> told(const std::vector<BrokenMember>& members);

// The message of the ValidationException.
std::string message(const std::vector<Broken>& told);

}  // namespace stator::constraints
