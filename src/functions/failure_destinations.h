// Where the documents of batches that are given up go.
//
//   place := "file:" path            a line of JSON is appended
//          | "http://" ..            it is posted
//          | "handler:" name         a C++ function takes it
//   An ARN stands for the place that it is mapped to. What has no place, or does not arrive, is
//   kept (kept_failures.h).
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "functions/http_poster.h"
#include "functions/in_process_invoker.h"
#include "functions/kept_failures.h"
#include "stator/functions.h"

namespace stator {

// By ARN: places.
using DestinationPlaces = std::map<std::string, std::string, std::less<>>;
using FailureHandlers = std::map<std::string, FailureHandler, std::less<>>;

// Whether a text is a place.
bool is_destination_place(std::string_view text);

// Whether a text is an ARN of what Lambda sends failed batches to: SQS, SNS or S3.
bool is_destination_arn(std::string_view text);

// A resource; thread-safe.
class FailureDestinations {
 public:
  struct Parts {
    DestinationPlaces places;
    FailureHandlers handlers;
    HttpPoster& poster;  // outlives it
    KeptFailures& kept;  // outlives it
    FunctionLog log;
  };
  explicit FailureDestinations(Parts parts);
  FailureDestinations(const FailureDestinations&) = delete;
  FailureDestinations& operator=(const FailureDestinations&) = delete;
  ~FailureDestinations();

  // Whether the event itself goes with the document: to what stands for a bucket.
  static bool takes_payload(std::string_view destination);

  // Hands a document over. `done` is called once, possibly before this returns: when the document
  // has arrived or is kept. It is not called when neither is possible; the batch comes again.
  //   destination  an ARN or a place; empty: none
  void send(std::string_view destination, std::string document, std::function<void()> done);

 private:
  struct State;
  const std::shared_ptr<State> state_;  // outlives it while answers are on their way
  std::map<std::string, std::unique_ptr<InProcessInvoker>, std::less<>> handlers_;
};

}  // namespace stator
