#include "api/change_event_json.h"

namespace stator {
namespace {

void append_image(std::string_view name, const std::optional<ItemView>& image, JsonWriter* json) {
  if (!image) return;
  json->member(name);
  json->attributes(image->attributes());
}

void append_change(const ChangeEventView& event, JsonWriter* json) {
  const StreamRecordView& record = event.record;
  json->member("dynamodb");
  json->begin_object();
  json->integer_member("ApproximateCreationDateTime", creation_seconds(record));
  append_image("Keys", record.keys, json);
  append_image("NewImage", record.new_image, json);
  append_image("OldImage", record.old_image, json);
  json->member("SequenceNumber", sequence_number_of(event));
  json->integer_member("SizeBytes", static_cast<std::int64_t>(record.size_bytes()));
  json->member("StreamViewType", name_of(record.view));
  json->end_object();
}

void append_common(const ChangeEventView& event, JsonWriter* json) {
  json->member("eventID", event_id(event));
  json->member("eventName", name_of(event.record.kind));
  json->member("eventVersion", kEventVersion);
  json->member("eventSource", kEventSource);
  json->member("awsRegion", event.region);
  append_change(event, json);
}

void append_identity(const ChangeEventView& event, std::string_view type_name,
                     std::string_view principal_name, JsonWriter* json) {
  if (event.record.actor == ChangeActor::client) return;
  json->member("userIdentity");
  json->begin_object();
  json->member(principal_name, kServicePrincipal);
  json->member(type_name, kServiceType);
  json->end_object();
}

}  // namespace

void append_stream_record_json(const ChangeEventView& event, JsonWriter* json) {
  json->begin_object();
  append_common(event, json);
  append_identity(event, "Type", "PrincipalId", json);
  json->end_object();
}

void append_handler_record_json(const ChangeEventView& event, JsonWriter* json) {
  json->begin_object();
  append_common(event, json);
  json->member("eventSourceARN", event.stream_arn);
  append_identity(event, "type", "principalId", json);
  json->end_object();
}

}  // namespace stator
