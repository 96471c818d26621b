// Posts to URLs on an event loop.
#pragma once

#include "functions/http_poster.h"
#include "functions/net/io_loop.h"

namespace stator {

// A resource; the loop outlives it.
class LoopPoster final : public HttpPoster {
 public:
  explicit LoopPoster(IoLoop* loop) : loop_(*loop) {}

  void post(HttpPost post, std::function<void(HttpAnswer)> done) override;

 private:
  IoLoop& loop_;
};

}  // namespace stator
