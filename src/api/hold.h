// Something that an operation waits for between preparing and committing; see api/fault_rules.h.
#pragma once

namespace stator {

// Owned by whoever asked for it; used by the thread that runs the operation.
class Hold {
 public:
  Hold() = default;
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;
  virtual ~Hold() = default;

  // Returns when the operation may go on.
  virtual void wait() const = 0;
};

}  // namespace stator
