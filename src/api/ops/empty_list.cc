#include "api/ops/empty_list.h"

#include "api/request/constraint_check.h"
#include "api/request/listing_request.h"

namespace stator {

Result<void> answer_with_empty_list(const Context& context, const RequestRules& rules,
                                    std::string_view member, JsonWriter* json) {
  TRY(read_listing_request(context.json, &context.scratch.reader));
  TRY(check_constraints(rules, context));
  json->begin_object();
  json->member(member);
  json->begin_array();
  json->end_array();
  json->end_object();
  return {};
}

}  // namespace stator
