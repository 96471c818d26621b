// How threads begin: a machine that has none left is an error like others.
#pragma once

#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "base/result.h"

namespace stator {

inline Error thread_error(const std::system_error& failure) {
  return Error(ErrorCode::internal, std::string("cannot start a thread: ") + failure.what());
}

// Runs something on a thread of its own.
//   errors  internal: there is no thread to have
template <typename Run>
Result<std::thread> start_thread(Run run) try {
  return std::thread(std::move(run));
} catch (const std::system_error& failure) {
  return thread_error(failure);
}

}  // namespace stator
