#include "api/request/table_constraints.h"

#include <string>

#include "api/constraint_errors.h"
#include "api/request/index_constraints.h"
#include "api/request/shape_constraints.h"
#include "base/limits.h"

namespace stator {
namespace {

constexpr std::int64_t kListTablesLimitMax = 100;

void check_attribute_definitions(const TableRequest& request, ConstraintErrors* errors) {
  if (!request.attribute_definitions) return;
  check_pairs(*request.attribute_definitions,
              {"attributeDefinitions", "attributeType", {"B", "N", "S"}}, errors);
}

void check_billing_mode(const TableRequest& request, ConstraintErrors* errors) {
  errors->one_of(request.billing_mode, "billingMode", {"PROVISIONED", "PAY_PER_REQUEST"});
}

void check_stream_specification(const TableRequest& request, ConstraintErrors* errors) {
  if (!request.has_stream_specification) return;
  errors->require(request.stream_enabled.has_value(), "streamSpecification.streamEnabled");
  errors->one_of(request.stream_view_type, "streamSpecification.streamViewType",
                 {"NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"});
}

Error unsupported(std::string_view what) {
  return validation_error(std::string(what) + " is not supported yet");
}

}  // namespace

Result<void> check_create_table_constraints(const TableRequest& request) {
  ConstraintErrors errors;
  errors.require(request.attribute_definitions.has_value(), "attributeDefinitions");
  check_attribute_definitions(request, &errors);
  check_billing_mode(request, &errors);
  check_provisioned_throughput(request.throughput, "provisionedThroughput", &errors);
  check_key_schema(request.key_schema, "keySchema", kKeySchemaElementsMax, &errors);
  check_indexes(request, &errors);
  check_stream_specification(request, &errors);
  errors.one_of(request.sse_type, "sSESpecification.sSEType", {"AES256", "KMS"});
  return errors.result();
}

Result<void> check_update_table_constraints(const TableRequest& request) {
  ConstraintErrors errors;
  check_attribute_definitions(request, &errors);
  check_billing_mode(request, &errors);
  check_provisioned_throughput(request.throughput, "provisionedThroughput", &errors);
  check_index_updates(request, &errors);
  check_stream_specification(request, &errors);
  errors.one_of(request.sse_type, "sSESpecification.sSEType", {"AES256", "KMS"});
  return errors.result();
}

Result<void> check_list_tables_constraints(const ListTablesRequest& request) {
  constexpr std::string_view kStart = "exclusiveStartTableName";
  ConstraintErrors errors;
  errors.at_least(request.limit, "limit", 1);
  errors.at_most(request.limit, "limit", kListTablesLimitMax);
  errors.name_pattern(request.exclusive_start_table_name, kStart);
  errors.length(request.exclusive_start_table_name, kStart, kTableNameBytesMin, kTableNameBytesMax);
  return errors.result();
}

Result<void> check_supported(const TableRequest& request) {
  if (!request.unsupported.empty()) return unsupported(request.unsupported);
  return {};
}

}  // namespace stator
