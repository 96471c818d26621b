#include "api/handler_json.h"

#include "api/json_writer.h"
#include "base/time_text.h"

namespace stator {
namespace {

// "2026-11-21T11:16:15Z": what AWS knows of a record's time.
std::string second_text(TimePoint time) {
  std::string text;
  append_time_text(time, &text);
  return text.replace(text.find('.'), std::string::npos, "Z");
}

std::string millisecond_text(TimePoint time) {
  std::string text;
  append_time_text(time, &text);
  return text;
}

void append_member(std::string_view name, std::string_view json, std::string* out) {
  out->append(",\"").append(name).append("\":").append(json);
}

// Of text that needs no escaping: ARNs, ids, times.
std::string quoted(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

std::string_view boolean(bool value) {
  return value ? "true" : "false";
}

void append_window(const WindowEvent& window, const EventSourceView& source, std::string* out) {
  append_member("window",
                "{\"start\":" + quoted(second_text(window.start)) +
                    ",\"end\":" + quoted(second_text(window.end)) + "}",
                out);
  append_member("state", window.state, out);
  append_member("shardId", quoted(source.shard_id), out);
  append_member("eventSourceARN", quoted(source.stream_arn), out);
  append_member("isFinalInvokeForWindow", boolean(window.is_final), out);
  append_member("isWindowTerminatedEarly", boolean(window.is_terminated_early), out);
}

void append_request(const Discard& discard, std::string_view function_arn, JsonWriter* json) {
  json->member("requestContext");
  json->begin_object();
  if (discard.last) json->member("requestId", discard.last->request_id);
  json->member("functionArn", function_arn);
  json->member("condition", name_of(discard.condition));
  json->integer_member("approximateInvokeCount", discard.invocations);
  json->end_object();
}

void append_response(const InvocationResult& last, JsonWriter* json) {
  json->member("responseContext");
  json->begin_object();
  json->integer_member("statusCode", last.status_code);
  json->member("executedVersion", "$LATEST");
  if (!last.function_error.empty()) json->member("functionError", last.function_error);
  json->end_object();
}

// The end of a window is a batch without records: it has no places in the shard.
void append_batch(const std::vector<const DeliveryRecord*>& records, const EventSourceView& source,
                  JsonWriter* json) {
  json->member("DDBStreamBatchInfo");
  json->begin_object();
  json->member("shardId", source.shard_id);
  if (!records.empty()) {
    json->member("startSequenceNumber", records.front()->sequence_number);
    json->member("endSequenceNumber", records.back()->sequence_number);
    json->member("approximateArrivalOfFirstRecord", second_text(records.front()->created));
    json->member("approximateArrivalOfLastRecord", second_text(records.back()->created));
  }
  json->integer_member("batchSize", static_cast<std::int64_t>(records.size()));
  json->member("streamArn", source.stream_arn);
  json->end_object();
}

}  // namespace

std::string handler_event(const DeliveryAction& action, const EventSourceView& source) {
  std::string event = "{\"Records\":[";
  for (const DeliveryRecord* const record : action.records) {
    if (record != action.records.front()) event += ',';
    event += record->event;
  }
  event += ']';
  if (action.window) append_window(*action.window, source, &event);
  event += '}';
  return event;
}

std::string failure_document(const DeliveryAction& action, const FailedBatchView& failed) {
  std::string document;
  JsonWriter json(&document);
  json.begin_object();
  append_request(*action.discard, failed.function_arn, &json);
  if (action.discard->last) append_response(*action.discard->last, &json);
  json.member("version", "1.0");
  json.member("timestamp", millisecond_text(failed.now));
  append_batch(action.records, failed.source, &json);
  if (failed.payload) json.member("payload", *failed.payload);
  json.end_object();
  json.finish();
  return document;
}

}  // namespace stator
