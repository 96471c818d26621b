// How long a client may take.
#pragma once

#include <chrono>

namespace stator {

struct HttpTimeouts {
  std::chrono::milliseconds header{10'000};  // from a request's first byte to the last header line
  std::chrono::milliseconds body{10'000};    // for each 64 KiB of a body, or what is left of it
  std::chrono::milliseconds idle{60'000};    // between two requests, and to take an answer
  std::chrono::milliseconds linger{2'000};   // to stop sending after an answer that ends it
  std::chrono::milliseconds drain{500};      // to take an answer while the server stops
};

}  // namespace stator
