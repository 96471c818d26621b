// Invokes a function that is a program: starts as many processes of it as there is work for.
#pragma once

#include <memory>

#include "functions/invoker.h"
#include "functions/net/io_loop.h"
#include "stator/functions.h"

namespace stator {

// A resource; not to be ended on the loop's thread. Its end kills the processes.
class ProgramInvoker final : public Invoker {
 public:
  //   function  one whose code is a program
  //   loop      outlives it
  ProgramInvoker(const LambdaFunction& function, IoLoop* loop, FunctionLog log);
  ~ProgramInvoker() override;

  void invoke(Invocation invocation, InvocationDone done) override;

 private:
  class Pool;

  IoLoop& loop_;
  const std::shared_ptr<Pool> pool_;  // used on the loop's thread
};

}  // namespace stator
