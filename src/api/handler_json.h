// What handlers get, and what destinations of failures get, as JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "streams/delivery_action.h"

namespace stator {

// Where the records of an action come from. A value of views.
struct EventSourceView {
  std::string_view stream_arn;
  std::string_view shard_id;
};

// The event of an invocation: {"Records":[..]}, and what a tumbling window adds.
std::string handler_event(const DeliveryAction& action, const EventSourceView& source);

// A batch that is given up. A value of views.
struct FailedBatchView {
  EventSourceView source;
  std::string_view function_arn;
  TimePoint now{};
  std::optional<std::string_view> payload;  // the event; destinations of objects get it too
};

// The document that goes to the destination of failures.
//   action  one to discard
std::string failure_document(const DeliveryAction& action, const FailedBatchView& failed);

}  // namespace stator
