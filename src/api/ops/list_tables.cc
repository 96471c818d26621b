#include "api/operations.h"
#include "api/request/constraint_check.h"
#include "api/request/table_request.h"
#include "api/request/table_rules.h"
#include "api/table_access.h"

namespace stator {
namespace {

constexpr std::int64_t kDefaultLimit = 100;

}  // namespace

Result<void> list_tables(const Context& context, JsonWriter* json) {
  const ListTablesRequest request =
      TRY(read_list_tables_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kListTablesRules, context));
  const auto limit = static_cast<std::size_t>(request.limit.value_or(kDefaultLimit));
  const CatalogSnapshot catalog = context.engine.catalog->snapshot();
  // One more than asked for tells whether there are more.
  std::vector<std::string_view> names =
      catalog->names(space_of(context.call.caller), request.exclusive_start_table_name.value_or(""),
                     limit + 1, context.now);
  const bool more = names.size() > limit;
  if (more) names.pop_back();
  json->begin_object();
  json->member("TableNames");
  json->begin_array();
  for (const std::string_view name : names) {
    json->element();
    json->string(name);
  }
  json->end_array();
  if (more) json->member("LastEvaluatedTableName", names.back());
  json->end_object();
  return {};
}

}  // namespace stator
