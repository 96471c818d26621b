// A stack for what recurses deeper than the stack of any thread may be relied on.
#pragma once

#include <cstddef>
#include <functional>

namespace stator {

// Runs `work` to its end on a stack of so many bytes, of a thread of its own; only what is used of
// them takes memory.
//   returns  false where the system has no such thread to give; then nothing was run
[[nodiscard]] bool run_on_deep_stack(std::size_t bytes, const std::function<void()>& work);

}  // namespace stator
