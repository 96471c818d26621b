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

  // Ends the oldest one.
  void end(InvocationResult result = {}) {
    Started oldest = std::move(started_.at(0));
    started_.pop_front();
    result.request_id = oldest.invocation.request_id;
    oldest.done(std::move(result));
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
