// POST /_stator/reset: a database as it was when it was new.
#include "api/reset.h"

#include "api/control.h"
#include "api/fault_rules.h"

namespace stator {
// A commit for the tables, one for tokens, one for streams: where commits are synced, each waits
// for the device.
Result<void> reset(Engine* engine, TimePoint now) {
  TRY(engine->catalog->clear());
  engine->faults->clear();
  TRY(engine->tokens->clear());
  TRY(engine->streams->erase_ended());
  return engine->streams->catch_up(now);
}

Result<void> reset_database(const ControlContext& context, JsonWriter* json) {
  if (!context.json.empty()) {
    JsonMembers members = TRY(context.reader.open(context.json));
    if (TRY(members.next())) {
      return validation_error("unknown member: " + std::string(members.key()));
    }
    TRY(context.reader.finish());
  }
  const std::size_t tables = context.engine.catalog->snapshot()->tables().size();
  TRY(reset(&context.engine, context.now));
  json->begin_object();
  json->integer_member("tables", static_cast<std::int64_t>(tables));
  json->end_object();
  return {};
}

}  // namespace stator
