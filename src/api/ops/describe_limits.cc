#include "api/operations.h"
#include "api/request/table_request.h"
#include "base/limits.h"

namespace stator {

Result<void> describe_limits(const Context& context, JsonWriter* json) {
  TRY(read_empty_request(context.json, &context.scratch.reader));
  json->begin_object();
  json->integer_member("AccountMaxReadCapacityUnits", kAccountUnitsMax);
  json->integer_member("AccountMaxWriteCapacityUnits", kAccountUnitsMax);
  json->integer_member("TableMaxReadCapacityUnits", kTableUnitsMax);
  json->integer_member("TableMaxWriteCapacityUnits", kTableUnitsMax);
  json->end_object();
  return {};
}

}  // namespace stator
