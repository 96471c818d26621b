// What may stand in the requests on one item, Query and Scan.
#pragma once

#include "api/attribute_reader.h"
#include "api/request/item_members.h"
#include "api/request/request_rules.h"
#include "api/request/value_rules.h"

namespace stator {

// The rules of an operation, or of a structure that is like one, as the reader of items uses them.
struct ItemRules {
  RequestRules request;
  MemberSet known;
  MemberSet required;
  std::array<const ValueRule*, kMemberNames.size()> values = {};  // null: nothing to check
  ValueNesting nesting = ValueNesting::as_in_items;               // of ExpressionAttributeValues
};

// Rules made ready for reading; those of what is not an item's member are passed over.
constexpr ItemRules item_rules(std::string_view operation, std::span<const MemberRule> members,
                               ValueNesting nesting = ValueNesting::as_in_items) {
  ItemRules rules{.request = {operation, members}, .known = {}, .required = {}, .nesting = nesting};
  constexpr MemberSet kAll = MemberSet::all();
  for (const MemberRule& rule : members) {
    const std::optional<Member> member = find_member(rule.name, kAll);
    if (!member) continue;
    rules.known.add(*member);
    if (rule.need == Need::required) rules.required.add(*member);
    if (rule.value->kind == ValueKind::opaque) continue;
    rules.values[static_cast<std::size_t>(*member)] = rule.value;
  }
  return rules;
}

// ---- Values ----

inline constexpr std::string_view kReturnValuesWords[] = {"ALL_NEW", "UPDATED_OLD", "ALL_OLD",
                                                          "NONE", "UPDATED_NEW"};
inline constexpr ValueRule kReturnValues = word_rule(kReturnValuesWords);

inline constexpr std::string_view kSelectWords[] = {"SPECIFIC_ATTRIBUTES", "COUNT",
                                                    "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"};
inline constexpr ValueRule kSelect = word_rule(kSelectWords);

inline constexpr ValueRule kTotalSegments = integer_rule(1, kScanSegmentsMax);
inline constexpr ValueRule kSegment = integer_rule(0, kScanSegmentsMax - 1);

// ---- The parameters that expressions have replaced ----

inline constexpr std::string_view kConditionalOperatorWords[] = {"OR", "AND"};
inline constexpr ValueRule kConditionalOperator = word_rule(kConditionalOperatorWords);

inline constexpr std::string_view kActionWords[] = {"ADD", "DELETE", "PUT"};
inline constexpr ValueRule kAction = word_rule(kActionWords);
inline constexpr MemberRule kAttributeUpdateMembers[] = {{"Action", &kAction}};
inline constexpr ValueRule kAttributeUpdate =
    structure_rule(kAttributeUpdateMembers, "AttributeValueUpdate");
inline constexpr ValueRule kAttributeUpdates = map_rule(&kAttributeUpdate);

inline constexpr std::string_view kComparisonWords[] = {
    "IN",       "NULL", "BETWEEN", "LT",          "NOT_CONTAINS", "EQ",      "GT",
    "NOT_NULL", "NE",   "LE",      "BEGINS_WITH", "GE",           "CONTAINS"};
inline constexpr ValueRule kComparison = word_rule(kComparisonWords);
inline constexpr MemberRule kConditionMembers[] = {
    {"ComparisonOperator", &kComparison, Need::required}};
inline constexpr ValueRule kCondition = structure_rule(kConditionMembers, "Condition");
inline constexpr ValueRule kConditions = map_rule(&kCondition);
inline constexpr MemberRule kExpectedValueMembers[] = {{"ComparisonOperator", &kComparison}};
inline constexpr ValueRule kExpectedValue =
    structure_rule(kExpectedValueMembers, "ExpectedAttributeValue");
inline constexpr ValueRule kExpected = map_rule(&kExpectedValue);

// ---- Operations ----

inline constexpr MemberRule kGetItemMembers[] = {
    kDataTableMember,
    {"ReturnConsumedCapacity", &kConsumedCapacity},
    {"Key", &kAnyValue, Need::required},
    {"AttributesToGet", &kAttributesToGet},
    {"ConsistentRead", &kAnyValue},
    {"ProjectionExpression", &kAnyValue},
    {"ExpressionAttributeNames", &kAnyValue},
};
inline constexpr ItemRules kGetItemRules = item_rules("GetItem", kGetItemMembers);

inline constexpr MemberRule kPutItemMembers[] = {
    kDataTableMember,
    {"ReturnConsumedCapacity", &kConsumedCapacity},
    {"Item", &kAnyValue, Need::required},
    {"ReturnValues", &kReturnValues},
    {"ReturnItemCollectionMetrics", &kCollectionMetrics},
    {"ReturnValuesOnConditionCheckFailure", &kReturnOnFailure},
    {"ConditionalOperator", &kConditionalOperator},
    {"Expected", &kExpected},
    {"ConditionExpression", &kAnyValue},
    {"ExpressionAttributeNames", &kAnyValue},
    {"ExpressionAttributeValues", &kAnyValue},
};
inline constexpr ItemRules kPutItemRules = item_rules("PutItem", kPutItemMembers);

inline constexpr MemberRule kDeleteItemMembers[] = {
    kDataTableMember,
    {"ReturnConsumedCapacity", &kConsumedCapacity},
    {"ReturnValues", &kReturnValues},
    {"ReturnItemCollectionMetrics", &kCollectionMetrics},
    {"ReturnValuesOnConditionCheckFailure", &kReturnOnFailure},
    {"Key", &kAnyValue, Need::required},
    {"ConditionalOperator", &kConditionalOperator},
    {"Expected", &kExpected},
    {"ConditionExpression", &kAnyValue},
    {"ExpressionAttributeNames", &kAnyValue},
    {"ExpressionAttributeValues", &kAnyValue},
};
inline constexpr ItemRules kDeleteItemRules = item_rules("DeleteItem", kDeleteItemMembers);

inline constexpr MemberRule kUpdateItemMembers[] = {
    kDataTableMember,
    {"ReturnConsumedCapacity", &kConsumedCapacity},
    {"ReturnValues", &kReturnValues, Need::optional, Told::alone},
    {"ReturnItemCollectionMetrics", &kCollectionMetrics},
    {"ReturnValuesOnConditionCheckFailure", &kReturnOnFailure},
    {"Key", &kAnyValue, Need::required},
    {"ConditionalOperator", &kConditionalOperator},
    {"AttributeUpdates", &kAttributeUpdates},
    {"Expected", &kExpected},
    {"UpdateExpression", &kAnyValue},
    {"ConditionExpression", &kAnyValue},
    {"ExpressionAttributeNames", &kAnyValue},
    {"ExpressionAttributeValues", &kAnyValue},
};
inline constexpr ItemRules kUpdateItemRules = item_rules("UpdateItem", kUpdateItemMembers);

inline constexpr MemberRule kQueryMembers[] = {
    kDataTableMember,
    {"Select", &kSelect},
    {"IndexName", &kPlainName},
    {"ReturnConsumedCapacity", &kConsumedCapacity},
    {"ConditionalOperator", &kConditionalOperator},
    {"AttributesToGet", &kAttributesToGet},
    {"KeyConditions", &kConditions},
    {"QueryFilter", &kConditions},
    {"Limit", &kPositiveInteger},
    {"ConsistentRead", &kAnyValue},
    {"ExclusiveStartKey", &kAnyValue},
    {"ScanIndexForward", &kAnyValue},
    {"KeyConditionExpression", &kAnyValue},
    {"FilterExpression", &kAnyValue},
    {"ProjectionExpression", &kAnyValue},
    {"ExpressionAttributeNames", &kAnyValue},
    {"ExpressionAttributeValues", &kAnyValue},
};
inline constexpr ItemRules kQueryRules = item_rules("Query", kQueryMembers);

inline constexpr MemberRule kScanMembers[] = {
    kDataTableMember,
    {"Select", &kSelect},
    {"IndexName", &kPlainName},
    {"TotalSegments", &kTotalSegments},
    {"ReturnConsumedCapacity", &kConsumedCapacity},
    {"Segment", &kSegment},
    {"Limit", &kPositiveInteger},
    {"ConditionalOperator", &kConditionalOperator},
    {"AttributesToGet", &kAttributesToGet},
    {"ScanFilter", &kConditions},
    {"ConsistentRead", &kAnyValue},
    {"ExclusiveStartKey", &kAnyValue},
    {"FilterExpression", &kAnyValue},
    {"ProjectionExpression", &kAnyValue},
    {"ExpressionAttributeNames", &kAnyValue},
    {"ExpressionAttributeValues", &kAnyValue},
};
inline constexpr ItemRules kScanRules = item_rules("Scan", kScanMembers);

}  // namespace stator
