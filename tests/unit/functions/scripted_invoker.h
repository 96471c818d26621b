// A function whose invocations a test ends by hand.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "functions/invoker.h"

namespace stator::testing_support {

class ScriptedInvoker final : public Invoker {
 public:
  ~ScriptedInvoker() override {
    for (Started& each : started_) each.done(not_invoked(each.invocation, 503));
  }

  void invoke(Invocation invocation, InvocationDone done) override {
    started_.push_back({std::move(invocation), std::move(done)});
  }

  // How many run.
  std::size_t running() const { return started_.size(); }
  const Invocation& oldest() const { return started_.at(0).invocation; }

  // The values of "n" in the event of the oldest that runs: "1 2 3".
  std::string numbers() const { return started_.empty() ? "" : numbers_of(oldest().event); }

  const Invocation& at(std::size_t index) const { return started_.at(index).invocation; }

  // Ends the oldest one, or that at the index.
  void end(InvocationResult result = {}, std::size_t index = 0) {
    Started ended = std::move(started_.at(index));
    started_.erase(started_.begin() + static_cast<std::ptrdiff_t>(index));
    result.request_id = ended.invocation.request_id;
    ended.done(std::move(result));
  }
  void fail() { end(invocation_failed(oldest(), "Error", "as told")); }

  static std::string numbers_of(std::string_view event) {
    std::string numbers;
    constexpr std::string_view kMember = "\"n\":{\"N\":\"";
    for (std::size_t at = event.find(kMember); at != std::string_view::npos;
         at = event.find(kMember, at + 1)) {
      const std::string_view rest = event.substr(at + kMember.size());
      if (!numbers.empty()) numbers += ' ';
      numbers.append(rest.substr(0, rest.find('"')));
    }
    return numbers;
  }

 private:
  struct Started {
    Invocation invocation;
    InvocationDone done;
  };
  std::deque<Started> started_;
};

}  // namespace stator::testing_support
