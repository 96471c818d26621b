// What may stand in the requests that make backups and restore tables.
#pragma once

#include "api/request/table_rules.h"

namespace stator {

inline constexpr MemberRule kCreateBackupMembers[] = {
    kControlTableMember,
    {"BackupName", &kPlainName, Need::required},
};
inline constexpr RequestRules kCreateBackupRules = {"CreateBackup", kCreateBackupMembers};

inline constexpr MemberRule kBackupArnMember = {"BackupArn", &kBackupArn, Need::required};
inline constexpr MemberRule kBackupArnMembers[] = {kBackupArnMember};
inline constexpr RequestRules kDescribeBackupRules = {"DescribeBackup", kBackupArnMembers};
inline constexpr RequestRules kDeleteBackupRules = {"DeleteBackup", kBackupArnMembers};

// ---- Restoring ----

inline constexpr MemberRule kTargetNameMember = {"TargetTableName", &kPlainName, Need::required};
inline constexpr MemberRule kBillingOverrideMember = {"BillingModeOverride", &kBillingMode};
inline constexpr MemberRule kGlobalIndexOverrideMember = {"GlobalSecondaryIndexOverride",
                                                          &kGlobalIndexes};
inline constexpr MemberRule kLocalIndexOverrideMember = {"LocalSecondaryIndexOverride",
                                                         &kLocalIndexes};
inline constexpr MemberRule kProvisionedOverrideMember = {"ProvisionedThroughputOverride",
                                                          &kProvisionedThroughput};
inline constexpr MemberRule kOnDemandRestoreMember = {"OnDemandThroughputOverride",
                                                      &kOnDemandThroughput};
inline constexpr MemberRule kSseOverrideMember = {"SSESpecificationOverride", &kSseSpecification};
inline constexpr MemberRule kVectorIndexOverrideMember = {"VectorIndexOverride", &kVectorIndexes};

inline constexpr MemberRule kRestoreFromBackupMembers[] = {
    kTargetNameMember,          kBackupArnMember,          kBillingOverrideMember,
    kGlobalIndexOverrideMember, kLocalIndexOverrideMember, kProvisionedOverrideMember,
    kOnDemandRestoreMember,     kSseOverrideMember,        kVectorIndexOverrideMember,
};
inline constexpr RequestRules kRestoreFromBackupRules = {"RestoreTableFromBackup",
                                                         kRestoreFromBackupMembers};

inline constexpr MemberRule kRestoreToTimeMembers[] = {
    {"SourceTableArn", &kTableArn}, {"SourceTableName", &kPlainName}, kTargetNameMember,
    kBillingOverrideMember,         kGlobalIndexOverrideMember,       kLocalIndexOverrideMember,
    kProvisionedOverrideMember,     kOnDemandRestoreMember,           kSseOverrideMember,
    kVectorIndexOverrideMember,
};
inline constexpr RequestRules kRestoreToTimeRules = {"RestoreTableToPointInTime",
                                                     kRestoreToTimeMembers};

}  // namespace stator
