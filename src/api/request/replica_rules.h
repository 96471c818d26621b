// What may stand in the shapes of global tables.
#pragma once

#include "api/request/value_rules.h"

namespace stator {

inline constexpr std::string_view kTableClassWords[] = {"STANDARD", "STANDARD_INFREQUENT_ACCESS"};
inline constexpr ValueRule kTableClassOverride = word_rule(kTableClassWords);

inline constexpr MemberRule kRegionMember = {"RegionName", &kAnyText, Need::required};
inline constexpr MemberRule kReplicaKeyMember = {"KMSMasterKeyId", &kAnyText};

inline constexpr MemberRule kReadOverrideMembers[] = {{"ReadCapacityUnits", &kPositiveLong}};
inline constexpr ValueRule kReadOverride =
    structure_rule(kReadOverrideMembers, "ProvisionedThroughputOverride");
inline constexpr MemberRule kReadOverrideMember = {"ProvisionedThroughputOverride", &kReadOverride};

inline constexpr MemberRule kOnDemandOverrideMembers[] = {{"MaxReadRequestUnits", &kAnyLong}};
inline constexpr ValueRule kOnDemandOverride =
    structure_rule(kOnDemandOverrideMembers, "OnDemandThroughputOverride");
inline constexpr MemberRule kOnDemandOverrideMember = {"OnDemandThroughputOverride",
                                                       &kOnDemandOverride};

inline constexpr MemberRule kReplicaIndexMembers[] = {
    {"IndexName", &kPlainName, Need::required},
    kReadOverrideMember,
    kOnDemandOverrideMember,
};
inline constexpr ValueRule kReplicaIndex =
    structure_rule(kReplicaIndexMembers, "ReplicaGlobalSecondaryIndex");
inline constexpr ValueRule kReplicaIndexes = list_rule(&kReplicaIndex, 1);

inline constexpr MemberRule kReplicaMembers[] = {
    kRegionMember,
    kReplicaKeyMember,
    kReadOverrideMember,
    kOnDemandOverrideMember,
    {"GlobalSecondaryIndexes", &kReplicaIndexes},
    {"TableClassOverride", &kTableClassOverride},
};
inline constexpr ValueRule kCreateReplica =
    structure_rule(kReplicaMembers, "CreateReplicationGroupMemberAction");
inline constexpr ValueRule kUpdateReplica =
    structure_rule(kReplicaMembers, "UpdateReplicationGroupMemberAction");
inline constexpr MemberRule kRegionMembers[] = {kRegionMember};
inline constexpr ValueRule kDeleteReplica =
    structure_rule(kRegionMembers, "DeleteReplicationGroupMemberAction");
inline constexpr MemberRule kReplicaUpdateMembers[] = {
    {"Create", &kCreateReplica},
    {"Update", &kUpdateReplica},
    {"Delete", &kDeleteReplica},
};
inline constexpr ValueRule kReplicaUpdate =
    structure_rule(kReplicaUpdateMembers, "ReplicationGroupUpdate");
inline constexpr ValueRule kReplicaUpdates = list_rule(&kReplicaUpdate, 1);

inline constexpr ValueRule kCreateWitness =
    structure_rule(kRegionMembers, "CreateGlobalTableWitnessGroupMemberAction");
inline constexpr ValueRule kDeleteWitness =
    structure_rule(kRegionMembers, "DeleteGlobalTableWitnessGroupMemberAction");
inline constexpr MemberRule kWitnessUpdateMembers[] = {
    {"Create", &kCreateWitness},
    {"Delete", &kDeleteWitness},
};
inline constexpr ValueRule kWitnessUpdate =
    structure_rule(kWitnessUpdateMembers, "GlobalTableWitnessGroupUpdate");
inline constexpr ValueRule kWitnessUpdates = list_rule(&kWitnessUpdate, 1, 1);

inline constexpr std::string_view kConsistencyWords[] = {"EVENTUAL", "STRONG"};
inline constexpr ValueRule kMultiRegionConsistency = word_rule(kConsistencyWords);

inline constexpr std::string_view kReplicationModeWords[] = {"ENABLED", "DISABLED",
                                                             "ENABLED_WITH_OVERRIDES"};
inline constexpr ValueRule kReplicationMode = word_rule(kReplicationModeWords);

}  // namespace stator
