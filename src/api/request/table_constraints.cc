#include "api/request/table_constraints.h"

#include <initializer_list>
#include <string>

#include "api/constraint_errors.h"
#include "base/limits.h"

namespace stator {
namespace {

// AWS: KeySchema of a table is a partition key and at most one sort key.
constexpr std::size_t kKeySchemaElementsMax = 2;
constexpr std::int64_t kListTablesLimitMax = 100;

struct PairRules {
  std::string_view list;   // "keySchema"
  std::string_view value;  // "keyType"
  std::initializer_list<std::string_view> allowed;
};

// The elements of AttributeDefinitions or KeySchema.
void check_elements(const std::vector<TextPair>& elements, const PairRules& rules,
                    ConstraintErrors* errors) {
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const std::string path = std::string(rules.list) + "." + std::to_string(i + 1) + ".member.";
    const std::string name_path = path + "attributeName";
    const std::string value_path = path + std::string(rules.value);
    errors->require(elements[i].name.has_value(), name_path);
    errors->length(elements[i].name, name_path, 1, kKeyNameBytesMax);
    errors->require(elements[i].value.has_value(), value_path);
    errors->one_of(elements[i].value, value_path, rules.allowed);
  }
}

void check_attribute_definitions(const TableRequest& request, ConstraintErrors* errors) {
  if (!request.attribute_definitions) return;
  check_elements(*request.attribute_definitions,
                 {"attributeDefinitions", "attributeType", {"B", "N", "S"}}, errors);
}

// Java prints a structure as its class and an address; ours is the position.
std::string printed_elements(std::size_t count) {
  std::string text = "[";
  for (std::size_t i = 1; i <= count; ++i) {
    if (i > 1) text += ", ";
    text += "com.amazonaws.dynamodb.v20120810.KeySchemaElement@" + std::to_string(i);
  }
  return text + "]";
}

void check_key_schema(const TableRequest& request, ConstraintErrors* errors) {
  constexpr std::string_view kPath = "keySchema";
  errors->require(request.key_schema.has_value(), kPath);
  if (!request.key_schema) return;
  const std::size_t count = request.key_schema->size();
  if (count == 0) errors->add("[]", kPath, "Member must have length greater than or equal to 1");
  if (count > kKeySchemaElementsMax) {
    errors->add(printed_elements(count), kPath, "Member must have length less than or equal to 2");
  }
  check_elements(*request.key_schema, {kPath, "keyType", {"HASH", "RANGE"}}, errors);
}

void check_billing_mode(const TableRequest& request, ConstraintErrors* errors) {
  errors->one_of(request.billing_mode, "billingMode", {"PROVISIONED", "PAY_PER_REQUEST"});
}

void check_provisioned_throughput(const TableRequest& request, ConstraintErrors* errors) {
  if (!request.provisioned_throughput) return;
  constexpr std::string_view kWrite = "provisionedThroughput.writeCapacityUnits";
  constexpr std::string_view kRead = "provisionedThroughput.readCapacityUnits";
  errors->require(request.provisioned_throughput->write.has_value(), kWrite);
  errors->at_least(request.provisioned_throughput->write, kWrite, 1);
  errors->require(request.provisioned_throughput->read.has_value(), kRead);
  errors->at_least(request.provisioned_throughput->read, kRead, 1);
}

void check_stream_specification(const TableRequest& request, ConstraintErrors* errors) {
  if (!request.has_stream_specification) return;
  errors->require(request.stream_enabled.has_value(), "streamSpecification.streamEnabled");
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
  check_provisioned_throughput(request, &errors);
  check_key_schema(request, &errors);
  check_stream_specification(request, &errors);
  return errors.result();
}

Result<void> check_update_table_constraints(const TableRequest& request) {
  ConstraintErrors errors;
  check_attribute_definitions(request, &errors);
  check_billing_mode(request, &errors);
  check_provisioned_throughput(request, &errors);
  check_stream_specification(request, &errors);
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
  if (request.stream_enabled.value_or(false)) return unsupported("StreamSpecification");
  if (request.sse_enabled) return unsupported("SSESpecification");
  return {};
}

}  // namespace stator
