// What a listener does when it cannot take a connection.
#pragma once

#include <chrono>

namespace stator {

// How long it rests when the process has no file descriptor left for another connection.
inline constexpr std::chrono::milliseconds kAcceptRetryTime{100};

}  // namespace stator
