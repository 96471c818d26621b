// What may stand in the requests about global tables of version 2017.11.29.
#pragma once

#include "api/request/auto_scaling_rules.h"
#include "api/request/table_rules.h"

namespace stator {

inline constexpr MemberRule kGlobalTableMember = {"GlobalTableName", &kPlainName, Need::required};
inline constexpr MemberRule kGlobalTableMembers[] = {kGlobalTableMember};
inline constexpr RequestRules kDescribeGlobalTableRules = {"DescribeGlobalTable",
                                                           kGlobalTableMembers};
inline constexpr RequestRules kDescribeGlobalTableSettingsRules = {"DescribeGlobalTableSettings",
                                                                   kGlobalTableMembers};

// ---- CreateGlobalTable, UpdateGlobalTable ----

inline constexpr MemberRule kReplicaRegionMembers[] = {{"RegionName", &kAnyText}};
inline constexpr ValueRule kReplicaRegion = structure_rule(kReplicaRegionMembers, "Replica");
inline constexpr ValueRule kReplicationGroup = list_rule(&kReplicaRegion);
inline constexpr MemberRule kCreateGlobalTableMembers[] = {
    kGlobalTableMember,
    {"ReplicationGroup", &kReplicationGroup, Need::required},
};
inline constexpr RequestRules kCreateGlobalTableRules = {"CreateGlobalTable",
                                                         kCreateGlobalTableMembers};

inline constexpr ValueRule kCreateReplicaAction =
    structure_rule(kRegionMembers, "CreateReplicaAction");
inline constexpr ValueRule kDeleteReplicaAction =
    structure_rule(kRegionMembers, "DeleteReplicaAction");
inline constexpr MemberRule kGlobalTableUpdateMembers[] = {
    {"Create", &kCreateReplicaAction},
    {"Delete", &kDeleteReplicaAction},
};
inline constexpr ValueRule kGlobalTableUpdate =
    structure_rule(kGlobalTableUpdateMembers, "ReplicaUpdate");
inline constexpr ValueRule kGlobalTableUpdates = list_rule(&kGlobalTableUpdate);
inline constexpr MemberRule kUpdateGlobalTableMembers[] = {
    kGlobalTableMember,
    {"ReplicaUpdates", &kGlobalTableUpdates, Need::required},
};
inline constexpr RequestRules kUpdateGlobalTableRules = {"UpdateGlobalTable",
                                                         kUpdateGlobalTableMembers};

// ---- UpdateGlobalTableSettings ----

inline constexpr MemberRule kIndexWriteSettingsMembers[] = {
    {"IndexName", &kPlainName, Need::required},
    {"ProvisionedWriteCapacityUnits", &kPositiveLong},
    {"ProvisionedWriteCapacityAutoScalingSettingsUpdate", &kAutoScaling},
};
inline constexpr ValueRule kIndexWriteSettings =
    structure_rule(kIndexWriteSettingsMembers, "GlobalTableGlobalSecondaryIndexSettingsUpdate");
inline constexpr ValueRule kIndexesWriteSettings = list_rule(&kIndexWriteSettings, 1, 20);

inline constexpr MemberRule kIndexReadSettingsMembers[] = {
    {"IndexName", &kPlainName, Need::required},
    {"ProvisionedReadCapacityUnits", &kPositiveLong},
    {"ProvisionedReadCapacityAutoScalingSettingsUpdate", &kAutoScaling},
};
inline constexpr ValueRule kIndexReadSettings =
    structure_rule(kIndexReadSettingsMembers, "ReplicaGlobalSecondaryIndexSettingsUpdate");
inline constexpr ValueRule kIndexesReadSettings = list_rule(&kIndexReadSettings, 1, 20);

inline constexpr MemberRule kReplicaSettingsMembers[] = {
    kRegionMember,
    {"ReplicaProvisionedReadCapacityUnits", &kPositiveLong},
    {"ReplicaProvisionedReadCapacityAutoScalingSettingsUpdate", &kAutoScaling},
    {"ReplicaGlobalSecondaryIndexSettingsUpdate", &kIndexesReadSettings},
    {"ReplicaTableClass", &kTableClassOverride},
};
inline constexpr ValueRule kReplicaSettings =
    structure_rule(kReplicaSettingsMembers, "ReplicaSettingsUpdate");
inline constexpr ValueRule kReplicasSettings = list_rule(&kReplicaSettings, 1, 50);

inline constexpr MemberRule kGlobalTableSettingsMembers[] = {
    kGlobalTableMember,
    {"GlobalTableBillingMode", &kBillingMode},
    {"GlobalTableProvisionedWriteCapacityUnits", &kPositiveLong},
    {"GlobalTableProvisionedWriteCapacityAutoScalingSettingsUpdate", &kAutoScaling},
    {"GlobalTableGlobalSecondaryIndexSettingsUpdate", &kIndexesWriteSettings},
    {"ReplicaSettingsUpdate", &kReplicasSettings},
};
inline constexpr RequestRules kUpdateGlobalTableSettingsRules = {"UpdateGlobalTableSettings",
                                                                 kGlobalTableSettingsMembers};

}  // namespace stator
