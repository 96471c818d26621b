#include "api/control.h"
#include "base/duration.h"
#include "base/time_text.h"
#include "storage/kept_clock.h"

namespace stator {
namespace {

void write_clock(const Engine& engine, JsonWriter* json) {
  std::string now;
  append_time_text(engine.clock->now(), &now);
  json->begin_object();
  json->member("now", now);
  json->member("clock", engine.manual_clock != nullptr ? "manual" : "machine");
  json->end_object();
}

Result<std::chrono::milliseconds> read_advance(JsonValue* value) {
  if (TRY(value->kind()) != JsonKind::string) return validation_error("advance is not a string");
  const std::string_view text = TRY(value->string());
  if (text.starts_with('-'))
    return validation_error("a clock is not moved back: " + std::string(text));
  Result<std::chrono::milliseconds> by = parse_duration(text);
  if (by) return by;
  return validation_error("advance: " + by.error().message());
}

// The body of POST /_stator/clock: {"advance": duration}.
Result<std::chrono::milliseconds> read_request(const ControlContext& context) {
  std::optional<std::chrono::milliseconds> advance;
  JsonMembers members = TRY(context.reader.open(context.json));
  while (TRY(members.next())) {
    if (members.key() != "advance") {
      return validation_error("unknown member: " + std::string(members.key()));
    }
    advance = TRY(read_advance(&members.value()));
  }
  TRY(context.reader.finish());
  if (!advance) return validation_error("advance is missing");
  return *advance;
}

}  // namespace

Result<void> show_clock(const ControlContext& context, JsonWriter* json) {
  write_clock(context.engine, json);
  return {};
}

Result<void> advance_clock(const ControlContext& context, JsonWriter* json) {
  const std::chrono::milliseconds by = TRY(read_request(context));
  ManualClock* const clock = context.engine.manual_clock.get();
  if (clock == nullptr) {
    return validation_error("the clock is the machine's; start with --clock manual to move it");
  }
  if (!clock->advance(by)) return validation_error("no clock goes beyond the year 9999");
  TRY(keep_clock(context.engine.store.get(), clock->now()));
  context.engine.streams->note_records();
  context.engine.expirations->catch_up(clock->now());
  write_clock(context.engine, json);
  return {};
}

}  // namespace stator
