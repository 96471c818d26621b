// Where an expression is parsed. The grammar is read by recursive descent, and a text of
// kExpressionBytesMax may open as many parentheses as it has bytes: what is wrong with such a text
// is told as of any other.
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "base/deep_stack.h"
#include "base/limits.h"
#include "base/result.h"

namespace stator {

// Parentheses that may lie inside each other on the stack of whoever calls.
inline constexpr int kShallowParenthesesMax = 256;

// Enough for 16 KiB at each of kExpressionBytesMax parentheses. Less than 1 KiB is taken where no
// sanitizer makes frames larger.
inline constexpr std::size_t kParseStackBytes = kExpressionBytesMax * (16 << 10);

// Runs the parse of a text that is not too long, and returns what it returns.
//   errors  internal: the system has no stack for it
template <typename Parse>
auto parse_on_stack(std::string_view text, const Parse& parse) -> decltype(parse()) {
  if (std::count(text.begin(), text.end(), '(') <= kShallowParenthesesMax) return parse();
  std::optional<decltype(parse())> parsed;
  if (!run_on_deep_stack(kParseStackBytes, [&] { parsed.emplace(parse()); })) {
    return Error(ErrorCode::internal, "there is no stack for so deep an expression");
  }
  return *std::move(parsed);
}

}  // namespace stator
