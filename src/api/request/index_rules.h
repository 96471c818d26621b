// What may stand in the shapes of tables' keys and indexes.
#pragma once

#include "api/request/value_rules.h"

namespace stator {

// ---- Keys ----

inline constexpr std::string_view kAttributeTypeWords[] = {"B", "N", "S"};
inline constexpr ValueRule kAttributeType = word_rule(kAttributeTypeWords);
inline constexpr MemberRule kAttributeDefinitionMembers[] = {
    {"AttributeName", &kKeyAttributeName, Need::required},
    {"AttributeType", &kAttributeType, Need::required},
};
inline constexpr ValueRule kAttributeDefinition =
    structure_rule(kAttributeDefinitionMembers, "AttributeDefinition");
inline constexpr ValueRule kAttributeDefinitions = list_rule(&kAttributeDefinition);

inline constexpr std::string_view kKeyTypeWords[] = {"HASH", "RANGE"};
inline constexpr ValueRule kKeyType = word_rule(kKeyTypeWords);
inline constexpr MemberRule kKeySchemaElementMembers[] = {
    {"AttributeName", &kKeyAttributeName, Need::required},
    {"KeyType", &kKeyType, Need::required},
};
inline constexpr ValueRule kKeySchemaElement =
    structure_rule(kKeySchemaElementMembers, "KeySchemaElement");

// Of a table or a local index: a partition key and at most one sort key. Those of a global index
// are bounded by kind, and not by the model.
inline constexpr ValueRule kTableKeySchema = list_rule(&kKeySchemaElement, 1, 2);
inline constexpr ValueRule kGlobalKeySchema = list_rule(&kKeySchemaElement, 1);

// ---- Projection and throughput ----

inline constexpr std::string_view kProjectionTypeWords[] = {"ALL", "INCLUDE", "KEYS_ONLY"};
inline constexpr ValueRule kProjectionType = word_rule(kProjectionTypeWords);
inline constexpr ValueRule kNonKeyAttributes =
    list_rule(&kKeyAttributeName, 1, kNonKeyAttributesMax);
inline constexpr MemberRule kProjectionMembers[] = {
    {"ProjectionType", &kProjectionType},
    {"NonKeyAttributes", &kNonKeyAttributes},
};
inline constexpr ValueRule kProjection = structure_rule(kProjectionMembers, "Projection");

inline constexpr MemberRule kProvisionedThroughputMembers[] = {
    {"WriteCapacityUnits", &kPositiveLong, Need::required},
    {"ReadCapacityUnits", &kPositiveLong, Need::required},
};
inline constexpr ValueRule kProvisionedThroughput =
    structure_rule(kProvisionedThroughputMembers, "ProvisionedThroughput");

inline constexpr MemberRule kOnDemandThroughputMembers[] = {
    {"MaxReadRequestUnits", &kAnyLong},
    {"MaxWriteRequestUnits", &kAnyLong},
};
inline constexpr ValueRule kOnDemandThroughput =
    structure_rule(kOnDemandThroughputMembers, "OnDemandThroughput");

inline constexpr MemberRule kWarmThroughputMembers[] = {
    {"ReadUnitsPerSecond", &kAnyLong},
    {"WriteUnitsPerSecond", &kAnyLong},
};
inline constexpr ValueRule kWarmThroughput =
    structure_rule(kWarmThroughputMembers, "WarmThroughput");

// ---- Indexes ----

inline constexpr MemberRule kIndexNameMember = {"IndexName", &kPlainName, Need::required};
inline constexpr MemberRule kProjectionMember = {"Projection", &kProjection, Need::required};
inline constexpr MemberRule kThroughputMember = {"ProvisionedThroughput", &kProvisionedThroughput};

inline constexpr MemberRule kLocalIndexMembers[] = {
    kProjectionMember,
    kIndexNameMember,
    {"KeySchema", &kTableKeySchema, Need::required},
};
inline constexpr ValueRule kLocalIndex = structure_rule(kLocalIndexMembers, "LocalSecondaryIndex");
inline constexpr ValueRule kLocalIndexes = list_rule(&kLocalIndex);

inline constexpr MemberRule kGlobalIndexMembers[] = {
    kProjectionMember,
    kIndexNameMember,
    kThroughputMember,
    {"KeySchema", &kGlobalKeySchema, Need::required},
    {"OnDemandThroughput", &kOnDemandThroughput},
    {"WarmThroughput", &kWarmThroughput},
};
inline constexpr ValueRule kGlobalIndex =
    structure_rule(kGlobalIndexMembers, "GlobalSecondaryIndex");
inline constexpr ValueRule kGlobalIndexes = list_rule(&kGlobalIndex);

inline constexpr ValueRule kCreateGlobalIndex =
    structure_rule(kGlobalIndexMembers, "CreateGlobalSecondaryIndexAction");
inline constexpr MemberRule kUpdateGlobalIndexMembers[] = {kIndexNameMember, kThroughputMember};
inline constexpr ValueRule kUpdateGlobalIndex =
    structure_rule(kUpdateGlobalIndexMembers, "UpdateGlobalSecondaryIndexAction");
inline constexpr MemberRule kDeleteIndexMembers[] = {kIndexNameMember};
inline constexpr ValueRule kDeleteGlobalIndex =
    structure_rule(kDeleteIndexMembers, "DeleteGlobalSecondaryIndexAction");
inline constexpr MemberRule kGlobalIndexUpdateMembers[] = {
    {"Update", &kUpdateGlobalIndex},
    {"Create", &kCreateGlobalIndex},
    {"Delete", &kDeleteGlobalIndex},
};
inline constexpr ValueRule kGlobalIndexUpdate =
    structure_rule(kGlobalIndexUpdateMembers, "GlobalSecondaryIndexUpdate");
inline constexpr ValueRule kGlobalIndexUpdates = list_rule(&kGlobalIndexUpdate);

// ---- Vector indexes ----

inline constexpr std::string_view kDistanceWords[] = {"COSINE", "DOT_PRODUCT", "EUCLIDEAN"};
inline constexpr ValueRule kDistance = word_rule(kDistanceWords);
inline constexpr std::string_view kSearchTypeWords[] = {"HASH", "INLINE_FILTER"};
inline constexpr ValueRule kSearchType = word_rule(kSearchTypeWords);
inline constexpr MemberRule kSearchElementMembers[] = {
    {"AttributeName", &kAttributeName, Need::required},
    {"SearchSchemaElementType", &kSearchType, Need::required},
};
inline constexpr ValueRule kSearchElement =
    structure_rule(kSearchElementMembers, "SearchSchemaElement");
inline constexpr ValueRule kSearchSchema = list_rule(&kSearchElement, 1);
inline constexpr MemberRule kVectorAttributeMembers[] = {
    {"AttributeName", &kKeyAttributeName, Need::required}};
inline constexpr ValueRule kVectorAttribute =
    structure_rule(kVectorAttributeMembers, "VectorAttributeDefinition");
inline constexpr MemberRule kVectorIndexMembers[] = {
    kProjectionMember,
    kIndexNameMember,
    {"VectorAttribute", &kVectorAttribute, Need::required},
    {"SearchSchema", &kSearchSchema},
    {"Dimensions", &kPositiveLong, Need::required},
    {"DistanceFunction", &kDistance, Need::required},
};
inline constexpr ValueRule kVectorIndex = structure_rule(kVectorIndexMembers, "VectorIndex");
inline constexpr ValueRule kVectorIndexes = list_rule(&kVectorIndex);

inline constexpr ValueRule kCreateVectorIndex =
    structure_rule(kVectorIndexMembers, "CreateVectorIndexAction");
inline constexpr ValueRule kDeleteVectorIndex =
    structure_rule(kDeleteIndexMembers, "DeleteVectorIndexAction");
inline constexpr MemberRule kVectorIndexUpdateMembers[] = {
    {"Create", &kCreateVectorIndex},
    {"Delete", &kDeleteVectorIndex},
};
inline constexpr ValueRule kVectorIndexUpdate =
    structure_rule(kVectorIndexUpdateMembers, "VectorIndexUpdate");
inline constexpr ValueRule kVectorIndexUpdates = list_rule(&kVectorIndexUpdate);

}  // namespace stator
