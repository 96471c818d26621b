#include "api/request/global_table_request.h"

#include "api/request/shape_reader.h"

namespace stator {
namespace {

Result<std::string_view> read_region(JsonMembers* members) {
  std::string_view region;
  TRY(read_structure(members, [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name != "RegionName") return value->skip();
    region = TRY(value->string());
    return {};
  }));
  return region;
}

}  // namespace

Result<GlobalTableRequest> read_global_table_request(std::string_view json, JsonReader* reader) {
  GlobalTableRequest request;
  JsonMembers members = TRY(reader->open(json));
  const auto read = [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name == "GlobalTableName") return assign(value->string(), &request.name);
    if (name != "ReplicationGroup") return value->skip();
    return assign(read_structures<std::string_view>(value, "Replica", read_region),
                  &request.regions);
  };
  TRY(read_structure(&members, read));
  TRY(reader->finish());
  return request;
}

}  // namespace stator
