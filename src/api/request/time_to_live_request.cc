#include "api/request/time_to_live_request.h"

#include "api/request/shape_reader.h"

namespace stator {
namespace {

Result<void> read_specification(JsonValue* json, TimeToLiveRequest* request) {
  request->has_specification = true;
  JsonMembers members = TRY(structure_of(json, "TimeToLiveSpecification", Place::member));
  return read_structure(&members, [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name == "Enabled") return assign(value->boolean(), &request->enabled);
    if (name == "AttributeName") return assign(value->string(), &request->attribute);
    return value->skip();
  });
}

}  // namespace

Result<TimeToLiveRequest> read_time_to_live_request(std::string_view json, JsonReader* reader) {
  TimeToLiveRequest request;
  JsonMembers members = TRY(reader->open(json));
  const auto read = [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name == "TableName") return assign(value->string(), &request.table_name);
    if (name == "TimeToLiveSpecification") return read_specification(value, &request);
    return value->skip();
  };
  TRY(read_structure(&members, read));
  TRY(reader->finish());
  return request;
}

}  // namespace stator
