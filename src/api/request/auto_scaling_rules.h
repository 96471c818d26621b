// What may stand in the requests that let the capacity of replicas follow their load.
#pragma once

#include "api/request/replica_rules.h"

namespace stator {

inline constexpr MemberRule kTargetTrackingMembers[] = {
    {"DisableScaleIn", &kBoolean},
    {"ScaleInCooldown", &kAnyInteger},
    {"ScaleOutCooldown", &kAnyInteger},
    {"TargetValue", &kReal, Need::required},
};
inline constexpr ValueRule kTargetTracking = structure_rule(
    kTargetTrackingMembers, "AutoScalingTargetTrackingScalingPolicyConfigurationUpdate");

inline constexpr ValueRule kScalingPolicyName = pattern_rule(&kPrintablePattern, 1, 256);
inline constexpr MemberRule kScalingPolicyMembers[] = {
    {"PolicyName", &kScalingPolicyName},
    {"TargetTrackingScalingPolicyConfiguration", &kTargetTracking, Need::required},
};
inline constexpr ValueRule kScalingPolicy =
    structure_rule(kScalingPolicyMembers, "AutoScalingPolicyUpdate");

inline constexpr ValueRule kRoleArn = pattern_rule(&kXmlTextPattern, 1, 1600);
inline constexpr MemberRule kAutoScalingMembers[] = {
    {"MinimumUnits", &kPositiveLong},         {"MaximumUnits", &kPositiveLong},
    {"AutoScalingDisabled", &kBoolean},       {"AutoScalingRoleArn", &kRoleArn},
    {"ScalingPolicyUpdate", &kScalingPolicy},
};
inline constexpr ValueRule kAutoScaling =
    structure_rule(kAutoScalingMembers, "AutoScalingSettingsUpdate");

// ---- UpdateTableReplicaAutoScaling ----

inline constexpr MemberRule kIndexWriteScalingMembers[] = {
    {"IndexName", &kPlainName},
    {"ProvisionedWriteCapacityAutoScalingUpdate", &kAutoScaling},
};
inline constexpr ValueRule kIndexWriteScaling =
    structure_rule(kIndexWriteScalingMembers, "GlobalSecondaryIndexAutoScalingUpdate");
inline constexpr ValueRule kIndexesWriteScaling = list_rule(&kIndexWriteScaling, 1);

inline constexpr MemberRule kIndexReadScalingMembers[] = {
    {"IndexName", &kPlainName},
    {"ProvisionedReadCapacityAutoScalingUpdate", &kAutoScaling},
};
inline constexpr ValueRule kIndexReadScaling =
    structure_rule(kIndexReadScalingMembers, "ReplicaGlobalSecondaryIndexAutoScalingUpdate");
inline constexpr ValueRule kIndexesReadScaling = list_rule(&kIndexReadScaling);

inline constexpr MemberRule kReplicaScalingMembers[] = {
    kRegionMember,
    {"ReplicaGlobalSecondaryIndexUpdates", &kIndexesReadScaling},
    {"ReplicaProvisionedReadCapacityAutoScalingUpdate", &kAutoScaling},
};
inline constexpr ValueRule kReplicaScaling =
    structure_rule(kReplicaScalingMembers, "ReplicaAutoScalingUpdate");
inline constexpr ValueRule kReplicasScaling = list_rule(&kReplicaScaling, 1);

inline constexpr MemberRule kReplicaAutoScalingMembers[] = {
    {"GlobalSecondaryIndexUpdates", &kIndexesWriteScaling},
    kControlTableMember,
    {"ProvisionedWriteCapacityAutoScalingUpdate", &kAutoScaling},
    {"ReplicaUpdates", &kReplicasScaling},
};
inline constexpr RequestRules kUpdateReplicaAutoScalingRules = {"UpdateTableReplicaAutoScaling",
                                                                kReplicaAutoScalingMembers};

}  // namespace stator
