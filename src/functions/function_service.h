// All that runs functions for one database: the registry, the deliveries with their thread,
// Lambda's API.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "functions/delivery_engine.h"
#include "functions/functions_file.h"
#include "functions/lambda_api.h"
#include "functions/stopped_invokers.h"
#include "functions/wake_up.h"
#include "stator/functions.h"

namespace stator {

// What a service works with. What is referred to outlives it.
struct FunctionServiceParts {
  FunctionRows& rows;
  RecordSource& source;
  const Clock& clock;
  FunctionLog log;  // null: nothing is said
  std::uint64_t seed = 0;
  FunctionsFile file{};
  std::map<std::string, Handler, std::less<>> handlers{};  // C++ functions, by name
  FailureHandlers failure_handlers{};
  // How long the delivery sleeps at most before it looks at the clock again: for clocks that are
  // moved by hand. nullopt: as long as nothing is due.
  std::optional<std::chrono::milliseconds> look_at_clock_every{};
};

// How far the delivery of a mapping is. A value.
struct MappingProgress {
  MappingMetrics delivered;
  std::uint64_t records_behind = 0;  // that can be read and are not done
};

struct FunctionMetrics {
  FunctionInvokers::Counters functions;
  std::vector<MappingProgress> mappings;
};

// A resource; thread-safe. Closing it cancels what runs, but for C++ functions, which it waits for;
// what was not acknowledged is delivered again after the next start.
class FunctionService {
 public:
  // Takes over what the file and the embedder say, and starts to deliver.
  //   errors  internal: the rows cannot be read or written, there is no thread to have; then none
  //           is left
  static Result<std::unique_ptr<FunctionService>> start(FunctionServiceParts parts);

  FunctionService(const FunctionService&) = delete;
  FunctionService& operator=(const FunctionService&) = delete;
  ~FunctionService();

  // See LambdaApi.
  void answer(const LambdaCall& call, AnswerLambda done);

  // The documents of batches that were given up and have no other place, oldest first.
  //   errors  internal
  Result<std::vector<std::string>> failures() const;

  // All streams are gone: forgets failures and checkpoints, and takes away the mappings and
  // functions that came through Lambda's API.
  //   errors  internal
  Result<void> reset();

  // What became of functions, and how far the deliveries of enabled mappings are.
  FunctionMetrics metrics() const;

 private:
  class Network;
  explicit FunctionService(FunctionServiceParts parts);
  Result<void> open();
  Result<void> take_over();
  Result<void> take_over_function(LambdaFunction function);
  Result<void> take_over_mapping(const EventSourceMapping& mapping);
  std::optional<EventSourceMapping> mapping_to_replace(const EventSourceMapping& mapping) const;
  Result<void> drop_what_left();
  std::string uuid();
  std::shared_ptr<Invoker> make_invoker(const LambdaFunction& function);
  void deliver();
  std::optional<std::chrono::microseconds> deliver_once();
  std::uint64_t records_behind(const EventSourceMapping& mapping) const;

  FunctionServiceParts parts_;
  WakeUp wake_up_;
  Random random_;  // used before the threads start
  std::unique_ptr<Network> network_;
  std::unique_ptr<Registry> registry_;
  std::unique_ptr<KeptFailures> failures_;
  StoppedInvokers stopped_invokers_;
  std::unique_ptr<FunctionInvokers> invokers_;
  std::unique_ptr<FailureDestinations> destinations_;
  std::shared_ptr<Completions> completions_;
  std::unique_ptr<DeliveryEngine> engine_;
  std::unique_ptr<LambdaApi> api_;
  std::thread thread_;
};

}  // namespace stator
