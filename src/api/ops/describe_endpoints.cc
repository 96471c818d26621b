#include "api/operations.h"
#include "api/request/table_request.h"

namespace stator {
namespace {

constexpr std::int64_t kCacheMinutes = 1440;

}  // namespace

Result<void> describe_endpoints(const Context& context, JsonWriter* json) {
  TRY(read_empty_request(context.json, &context.scratch.reader));
  json->begin_object();
  json->member("Endpoints");
  json->begin_array();
  json->element();
  json->begin_object();
  json->member("Address", context.call.host);
  json->integer_member("CachePeriodInMinutes", kCacheMinutes);
  json->end_object();
  json->end_array();
  json->end_object();
  return {};
}

}  // namespace stator
