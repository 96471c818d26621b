// The operations on event source mappings.
#include <utility>

#include "base/url.h"
#include "functions/failure_destinations.h"
#include "functions/lambda_api.h"
#include "functions/lambda_json.h"
#include "functions/lambda_pages.h"
#include "functions/mapping_request.h"
#include "streams/stream.h"

namespace stator {
namespace {

// AWS's own for ListEventSourceMappings.
constexpr std::size_t kMappingsPageMax = 100;

Error invalid_parameter(std::string message) {
  return Error(ErrorCode::invalid_parameter_value, std::move(message));
}

Error constraint(std::string_view text) {
  return Error(ErrorCode::invalid_parameter_value,
               "1 validation error detected: " + std::string(text));
}

Result<StartingPosition> starting_position(const MappingRequest& request) {
  if (!request.starting_position) {
    return constraint(
        "Value null at 'startingPosition' failed to satisfy constraint: Member must "
        "not be null.");
  }
  if (*request.starting_position == "LATEST") return StartingPosition::latest;
  if (*request.starting_position == "TRIM_HORIZON") return StartingPosition::trim_horizon;
  return invalid_parameter("Unsupported starting position for arn type: " +
                           *request.event_source_arn);
}

Result<SourceStream> find_stream(const RecordSource& source, std::string_view space,
                                 const MappingRequest& request) {
  if (!request.event_source_arn) return invalid_parameter("Unrecognized event source.");
  const std::string& arn = *request.event_source_arn;
  if (!parse_stream_arn(arn)) {
    return invalid_parameter(
        "Unrecognized event source, must be a stream of DynamoDB here. Unsupported ARN: " + arn);
  }
  std::optional<SourceStream> stream = source.find({space, arn});
  if (!stream) return invalid_parameter("Stream not found: " + arn);
  return *std::move(stream);
}

Result<std::string> known_function(const Registry& registry, const std::string& text) {
  const FunctionNameView name = parse_function_name(text);
  const bool is_latest = name.qualifier.empty() || name.qualifier == "$LATEST";
  if (!is_latest || !registry.function(name.name)) {
    return invalid_parameter("Function does not exist");
  }
  return std::string(name.name);
}

Result<void> check_request(const MappingRequest& request) {
  TRY(check_mapping_constraints(request));
  const bool is_place =
      !request.on_failure || request.on_failure->empty() || is_destination_arn(*request.on_failure);
  if (!is_place) return invalid_parameter("Invalid destination ARN: " + *request.on_failure);
  return check_mapping_parameters(request);
}

// A mapping that is on its way from one state to another takes no orders but to stop: what it waits
// for may never come.
Result<void> check_takes_order(const EventSourceMapping& mapping, std::string_view verb,
                               bool is_to_stop) {
  const bool is_settled =
      mapping.state == MappingState::enabled || mapping.state == MappingState::disabled;
  if (is_settled || (is_to_stop && mapping.state != MappingState::deleting)) return {};
  return Error(ErrorCode::resource_in_use,
               "Cannot " + std::string(verb) + " the event source mapping because it is in use.");
}

MappingState next_state(const EventSourceMapping& mapping, bool enabled) {
  if (!enabled) {
    return mapping.state == MappingState::disabled ? MappingState::disabled
                                                   : MappingState::disabling;
  }
  return mapping.state == MappingState::disabled ? MappingState::enabling : MappingState::updating;
}

bool is_listed(const EventSourceMapping& mapping, const std::optional<std::string>& source,
               const std::optional<std::string>& function) {
  return (!source || mapping.stream_arn == *source) &&
         (!function || mapping.function == parse_function_name(*function).name);
}

}  // namespace

Result<void> LambdaApi::create_mapping(const Request& request, JsonWriter* json) {
  const MappingRequest asked = TRY(parse_mapping_request(request.call.body));
  if (!asked.function_name) {
    return Error(ErrorCode::validation,
                 "1 validation error detected: Value null at 'functionName' failed to satisfy "
                 "constraint: Member must not be null");
  }
  TRY(check_request(asked));
  const SourceStream stream = TRY(find_stream(parts_.source, request.call.space, asked));
  EventSourceMapping mapping;
  mapping.starting_position = TRY(starting_position(asked));
  mapping.function = TRY(known_function(parts_.registry, *asked.function_name));
  mapping.uuid = uuid();
  mapping.stream_arn = stream.arn;
  mapping.stream_space = stream.space;
  mapping.region = stream.region;
  mapping.enabled = asked.enabled.value_or(true);
  mapping.created = request.now;
  mapping.modified = request.now;
  apply_mapping_request(asked, &mapping.configuration);
  const bool begins_late = mapping.starting_position == StartingPosition::latest;
  TRY(parts_.registry.add_mapping(
      mapping, begins_late ? latest_checkpoints_of(parts_.source, stream) : DeliveryCheckpoints()));
  append_mapping_json(mapping, json);
  return {};
}

Result<void> LambdaApi::get_mapping(const Request& request, JsonWriter* json) {
  const std::optional<EventSourceMapping> mapping = parts_.registry.mapping(request.name);
  if (!mapping) {
    return Error(ErrorCode::resource_not_found, "The resource you requested does not exist.");
  }
  append_mapping_json(*mapping, json);
  return {};
}

Result<void> LambdaApi::list_mappings(const Request& request, JsonWriter* json) {
  const ListPage page = TRY(parse_list_page(request.call.query, kMappingsPageMax));
  const auto source = query_parameter(request.call.query, "EventSourceArn");
  const auto function = query_parameter(request.call.query, "FunctionName");
  json->begin_object();
  json->member("EventSourceMappings");
  json->begin_array();
  std::size_t listed = 0;
  for (const EventSourceMapping& mapping : parts_.registry.mappings()) {
    if (!is_listed(mapping, source, function) || !page.holds(listed++)) continue;
    json->element();
    append_mapping_json(mapping, json);
  }
  json->end_array();
  if (page.has_next(listed)) json->member("NextMarker", page.next_marker());
  json->end_object();
  return {};
}

Result<void> LambdaApi::update_mapping(const Request& request, JsonWriter* json) {
  const MappingRequest asked = TRY(parse_mapping_request(request.call.body));
  TRY(check_request(asked));
  std::optional<std::string> function;
  if (asked.function_name) function = TRY(known_function(parts_.registry, *asked.function_name));
  const EventSourceMapping changed = TRY(parts_.registry.change_mapping(
      request.name, [&](EventSourceMapping* mapping) -> Result<void> {
        TRY(check_takes_order(*mapping, "update", asked.enabled == false));
        apply_mapping_request(asked, &mapping->configuration);
        if (function) mapping->function = *function;
        mapping->enabled = asked.enabled.value_or(mapping->enabled);
        mapping->state = next_state(*mapping, mapping->enabled);
        mapping->transition_reason = kUserAction;
        mapping->modified = request.now;
        return {};
      }));
  append_mapping_json(changed, json);
  return {};
}

Result<void> LambdaApi::delete_mapping(const Request& request, JsonWriter* json) {
  const EventSourceMapping deleted = TRY(parts_.registry.change_mapping(
      request.name, [&request](EventSourceMapping* mapping) -> Result<void> {
        TRY(check_takes_order(*mapping, "delete", true));
        mapping->enabled = false;
        mapping->state = MappingState::deleting;
        mapping->transition_reason = kUserAction;
        mapping->modified = request.now;
        return {};
      }));
  append_mapping_json(deleted, json);
  return {};
}

}  // namespace stator
