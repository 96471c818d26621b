// What a shell is given: a line, that the user wants none, or the end.
#pragma once

#include <string>

namespace stator {

struct InputLine {
  enum class Kind { line, interrupt, end };
  Kind kind = Kind::line;
  std::string text = {};  // of a line, without its end
};

}  // namespace stator
