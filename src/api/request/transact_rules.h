// What may stand in the requests of TransactGetItems and TransactWriteItems.
#pragma once

#include "api/request/item_rules.h"

namespace stator {

// Not told alone, as the name of a request's only table is.
inline constexpr MemberRule kActionTableMember = {"TableName", &kDataTableName, Need::required};

inline constexpr MemberRule kGetMembers[] = {
    kActionTableMember,
    {"Key", &kAnyValue, Need::required},
    {"ProjectionExpression", &kAnyValue},
    {"ExpressionAttributeNames", &kAnyValue},
};
inline constexpr ItemRules kGetRules = item_rules("TransactGetItems", kGetMembers);
inline constexpr ValueRule kGet = structure_rule(kGetMembers, "Get");
inline constexpr MemberRule kTransactGetItemMembers[] = {{"Get", &kGet, Need::required}};
inline constexpr ValueRule kTransactGetItem =
    structure_rule(kTransactGetItemMembers, "TransactGetItem");
inline constexpr ValueRule kTransactGets = list_rule(&kTransactGetItem, 1, kTransactionActionsMax);

inline constexpr MemberRule kTransactGetItemsMembers[] = {
    {"TransactItems", &kTransactGets, Need::required, Told::inside_last},
    {"ReturnConsumedCapacity", &kConsumedCapacity},
};
inline constexpr RequestRules kTransactGetItemsRules = {"TransactGetItems",
                                                        kTransactGetItemsMembers};

inline constexpr MemberRule kConditionCheckMembers[] = {
    kActionTableMember,
    {"Key", &kAnyValue, Need::required},
    {"ConditionExpression", &kAnyValue, Need::required},
    {"ReturnValuesOnConditionCheckFailure", &kReturnOnFailure},
    {"ExpressionAttributeNames", &kAnyValue},
    {"ExpressionAttributeValues", &kAnyValue},
};
inline constexpr ItemRules kConditionCheckRules =
    item_rules("TransactWriteItems", kConditionCheckMembers, ValueNesting::any);
inline constexpr ValueRule kConditionCheck =
    structure_rule(kConditionCheckMembers, "ConditionCheck");

inline constexpr MemberRule kPutMembers[] = {
    kActionTableMember,
    {"Item", &kAnyValue, Need::required},
    {"ReturnValuesOnConditionCheckFailure", &kReturnOnFailure},
    {"ConditionExpression", &kAnyValue},
    {"ExpressionAttributeNames", &kAnyValue},
    {"ExpressionAttributeValues", &kAnyValue},
};
inline constexpr ItemRules kPutRules =
    item_rules("TransactWriteItems", kPutMembers, ValueNesting::any);
inline constexpr ValueRule kPut = structure_rule(kPutMembers, "Put");

inline constexpr MemberRule kDeleteMembers[] = {
    kActionTableMember,
    {"Key", &kAnyValue, Need::required},
    {"ReturnValuesOnConditionCheckFailure", &kReturnOnFailure},
    {"ConditionExpression", &kAnyValue},
    {"ExpressionAttributeNames", &kAnyValue},
    {"ExpressionAttributeValues", &kAnyValue},
};
inline constexpr ItemRules kDeleteRules =
    item_rules("TransactWriteItems", kDeleteMembers, ValueNesting::any);
inline constexpr ValueRule kDelete = structure_rule(kDeleteMembers, "Delete");

inline constexpr MemberRule kUpdateMembers[] = {
    kActionTableMember,
    {"Key", &kAnyValue, Need::required},
    {"UpdateExpression", &kAnyValue, Need::required},
    {"ReturnValuesOnConditionCheckFailure", &kReturnOnFailure},
    {"ConditionExpression", &kAnyValue},
    {"ExpressionAttributeNames", &kAnyValue},
    {"ExpressionAttributeValues", &kAnyValue},
};
inline constexpr ItemRules kUpdateRules =
    item_rules("TransactWriteItems", kUpdateMembers, ValueNesting::any);
inline constexpr ValueRule kUpdate = structure_rule(kUpdateMembers, "Update");

inline constexpr MemberRule kTransactWriteItemMembers[] = {
    {"ConditionCheck", &kConditionCheck},
    {"Put", &kPut},
    {"Delete", &kDelete},
    {"Update", &kUpdate},
};
inline constexpr ValueRule kTransactWriteItem =
    structure_rule(kTransactWriteItemMembers, "TransactWriteItem");
inline constexpr ValueRule kTransactWrites =
    list_rule(&kTransactWriteItem, 1, kTransactionActionsMax);

inline constexpr MemberRule kTransactWriteItemsMembers[] = {
    {"ClientRequestToken", &kRequestToken},
    {"TransactItems", &kTransactWrites, Need::required, Told::inside_last},
    {"ReturnConsumedCapacity", &kConsumedCapacity},
    {"ReturnItemCollectionMetrics", &kCollectionMetrics},
};
inline constexpr RequestRules kTransactWriteItemsRules = {"TransactWriteItems",
                                                          kTransactWriteItemsMembers};

}  // namespace stator
