// The members of JSON objects, read by a table of names: requests of Lambda's API and the file of
// functions.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "streams/json_text.h"

namespace stator {

// Each reads one value.
//   errors  serialization: it is of another type, or malformed
Result<std::string> read_json_string(JsonText* json);
Result<std::int64_t> read_json_integer(JsonText* json);
Result<bool> read_json_boolean(JsonText* json);
Result<std::vector<std::string>> read_json_strings(JsonText* json);
Result<std::map<std::string, std::string>> read_json_string_map(JsonText* json);

// A member and what reads it into a Target.
template <typename Target>
struct JsonField {
  std::string_view name;
  Result<void> (*read)(JsonText*, Target*);
};

// A reader of one type for one member.
template <typename Target, auto kMember, auto kRead>
Result<void> read_into(JsonText* json, Target* target) {
  target->*kMember = TRY(kRead(json));
  return {};
}

// Reads a value as the member `name`; null is as if it were absent.
//   returns  false, with nothing read, where no field has that name
template <typename Target>
Result<bool> read_field(std::span<const JsonField<Target>> fields, std::string_view name,
                        JsonText* json, Target* target) {
  for (const JsonField<Target>& field : fields) {
    if (field.name != name) continue;
    if (json->kind() == JsonTextKind::null) {
      json->null();
    } else {
      TRY(field.read(json, target));
    }
    return true;
  }
  return false;
}

Error wrong_json_type(JsonTextKind found, std::string_view wanted);

//   errors  serialization: it is no object
Result<void> expect_json_object(JsonText* json);

// Reads an object; members that are no fields are read over.
//   unknown  null, or gets the name of the first of those
template <typename Target>
Result<void> read_fields(std::span<const JsonField<Target>> fields, JsonText* json, Target* target,
                         std::string* unknown = nullptr) {
  TRY(expect_json_object(json));
  for (JsonText::Members member(json); member.next();) {
    if (TRY(read_field(fields, member.name(), json, target))) continue;
    json->skip();
    if (unknown != nullptr && unknown->empty()) *unknown = member.name();
  }
  return {};
}

// Reads a whole text as one object.
//   errors  serialization: malformed, or a member has another type
template <typename Target>
Result<Target> parse_fields(std::span<const JsonField<Target>> fields, std::string_view text) {
  Target target;
  JsonText json(text);
  TRY(read_fields(fields, &json, &target));
  if (!json.finish()) return wrong_json_type(JsonTextKind::none, "");
  return target;
}

}  // namespace stator
