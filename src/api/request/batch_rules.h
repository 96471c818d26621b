// What may stand in the requests of batches and transactions.
#pragma once

#include "api/request/item_rules.h"

namespace stator {

// ---- BatchGetItem ----

inline constexpr ValueRule kBatchKeys = list_rule(&kAnyValue, 1, kBatchGetKeysMax);
inline constexpr MemberRule kKeysBlockMembers[] = {
    {"Keys", &kBatchKeys, Need::required},    {"AttributesToGet", &kAttributesToGet},
    {"ConsistentRead", &kAnyValue},           {"ProjectionExpression", &kAnyValue},
    {"ExpressionAttributeNames", &kAnyValue},
};
inline constexpr ItemRules kKeysBlockRules = item_rules("BatchGetItem", kKeysBlockMembers);
inline constexpr ValueRule kKeysBlock = structure_rule(kKeysBlockMembers, "KeysAndAttributes");
inline constexpr ValueRule kBatchGetBlocks = {.kind = ValueKind::map,
                                              .least = 1,
                                              .most = kBatchGetKeysMax,
                                              .element = &kKeysBlock,
                                              .key = &kDataTableName};

inline constexpr MemberRule kBatchGetMembers[] = {
    {"ReturnConsumedCapacity", &kConsumedCapacity},
    {"RequestItems", &kBatchGetBlocks, Need::required},
};
inline constexpr RequestRules kBatchGetItemRules = {"BatchGetItem", kBatchGetMembers};

// ---- BatchWriteItem ----

inline constexpr MemberRule kPutRequestMembers[] = {{"Item", &kAnyValue, Need::required}};
inline constexpr ValueRule kPutRequest = structure_rule(kPutRequestMembers, "PutRequest");
inline constexpr MemberRule kDeleteRequestMembers[] = {{"Key", &kAnyValue, Need::required}};
inline constexpr ValueRule kDeleteRequest = structure_rule(kDeleteRequestMembers, "DeleteRequest");
inline constexpr MemberRule kWriteRequestMembers[] = {
    {"DeleteRequest", &kDeleteRequest},
    {"PutRequest", &kPutRequest},
};
inline constexpr ValueRule kWriteRequest = structure_rule(kWriteRequestMembers, "WriteRequest");
inline constexpr ValueRule kWrites = list_rule(&kWriteRequest, 1, kBatchWriteRequestsMax);
inline constexpr ValueRule kBatchWriteBlocks = {.kind = ValueKind::map,
                                                .least = 1,
                                                .most = kBatchWriteRequestsMax,
                                                .element = &kWrites,
                                                .key = &kDataTableName};

inline constexpr MemberRule kBatchWriteMembers[] = {
    {"ReturnConsumedCapacity", &kConsumedCapacity},
    {"ReturnItemCollectionMetrics", &kCollectionMetrics},
    {"RequestItems", &kBatchWriteBlocks, Need::required},
};
inline constexpr RequestRules kBatchWriteItemRules = {"BatchWriteItem", kBatchWriteMembers};

}  // namespace stator
