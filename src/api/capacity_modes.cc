// POST and GET /_stator/capacity: which modes are in force.
#include "api/capacity_modes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "api/control.h"
#include "api/table_access.h"

namespace stator {
namespace {

struct ModeName {
  CapacityMode mode;
  std::string_view name;
};

constexpr std::array<ModeName, 3> kModeNames = {{{CapacityMode::enforce, "enforce"},
                                                 {CapacityMode::observe, "observe"},
                                                 {CapacityMode::off, "off"}}};

// The body of POST /_stator/capacity.
//   {"mode": mode}
//   {"mode": mode or null, "table": name}
struct ModeRequest {
  bool has_mode = false;
  std::optional<CapacityMode> mode;
  std::optional<std::string> table;
};

Result<CapacityMode> read_mode(std::string_view name) {
  const auto found = std::find_if(kModeNames.begin(), kModeNames.end(),
                                  [&](const ModeName& each) { return each.name == name; });
  if (found != kModeNames.end()) return found->mode;
  return validation_error("mode is not one of enforce, observe, off: " + std::string(name));
}

Result<void> read_member(std::string_view name, JsonValue* value, ModeRequest* request) {
  if (name != "mode" && name != "table") {
    return validation_error("unknown member: " + std::string(name));
  }
  const JsonKind kind = TRY(value->kind());
  if (name == "mode") request->has_mode = true;
  if (name == "mode" && kind == JsonKind::null) return value->skip();
  if (kind != JsonKind::string) return validation_error(std::string(name) + " is not a string");
  const std::string_view text = TRY(value->string());
  if (name == "table") {
    request->table = std::string(text);
  } else {
    request->mode = TRY(read_mode(text));
  }
  return {};
}

Result<ModeRequest> read_request(const ControlContext& context) {
  ModeRequest request;
  JsonMembers members = TRY(context.reader.open(context.json));
  while (TRY(members.next())) {
    TRY(read_member(members.key(), &members.value(), &request));
  }
  TRY(context.reader.finish());
  if (!request.has_mode) return validation_error("mode is missing");
  if (request.table || request.mode) return request;
  return validation_error("mode is null, which is for a table");
}

}  // namespace

std::string_view name_of(CapacityMode mode) {
  return std::find_if(kModeNames.begin(), kModeNames.end(),
                      [&](const ModeName& each) { return each.mode == mode; })
      ->name;
}

Result<void> show_capacity(const ControlContext& context, JsonWriter* json) {
  const CapacityModes modes = context.engine.capacity.modes();
  json->begin_object();
  json->member("mode", name_of(modes.mode));
  json->member("tables");
  json->begin_array();
  for (const CapacityModes::OfTable& table : modes.tables) {
    json->element();
    json->begin_object();
    json->member("table", table.name);
    json->member("mode", name_of(table.mode));
    json->end_object();
  }
  json->end_array();
  json->end_object();
  return {};
}

Result<void> change_capacity(const ControlContext& context, JsonWriter* json) {
  const ModeRequest request = TRY(read_request(context));
  CapacityControl& capacity = context.engine.capacity;
  if (request.table) {
    TRY(capacity.set_mode(*request.table, request.mode, context.now));
  } else {
    capacity.set_mode(*request.mode);
  }
  return show_capacity(context, json);
}

}  // namespace stator
