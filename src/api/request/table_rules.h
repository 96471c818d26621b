// What may stand in the requests on whole tables. TableClass and Tags are not here: AWS words what
// is wrong with them where it uses them.
#pragma once

#include "api/request/index_rules.h"
#include "api/request/replica_rules.h"
#include "api/request/text_patterns.h"
#include "model/point_in_time_recovery.h"

namespace stator {

// ---- CreateTable, UpdateTable ----

inline constexpr std::string_view kBillingModeWords[] = {"PROVISIONED", "PAY_PER_REQUEST"};
inline constexpr ValueRule kBillingMode = word_rule(kBillingModeWords);

inline constexpr std::string_view kViewTypeWords[] = {"NEW_IMAGE", "OLD_IMAGE",
                                                      "NEW_AND_OLD_IMAGES", "KEYS_ONLY"};
inline constexpr ValueRule kViewType = word_rule(kViewTypeWords);
inline constexpr MemberRule kStreamSpecificationMembers[] = {
    {"StreamEnabled", &kAnyValue, Need::required},
    {"StreamViewType", &kViewType},
};
inline constexpr ValueRule kStreamSpecification =
    structure_rule(kStreamSpecificationMembers, "StreamSpecification");

inline constexpr std::string_view kSseTypeWords[] = {"AES256", "KMS"};
inline constexpr ValueRule kSseType = word_rule(kSseTypeWords);
inline constexpr MemberRule kSseSpecificationMembers[] = {
    {"SSEType", &kSseType},
    {"Enabled", &kBoolean},
    {"KMSMasterKeyId", &kAnyText},
};
inline constexpr ValueRule kSseSpecification =
    structure_rule(kSseSpecificationMembers, "SSESpecification");

inline constexpr ValueRule kTableArn = text_rule(1, 1024);

inline constexpr MemberRule kCreateTableMembers[] = {
    kControlTableMember,
    {"AttributeDefinitions", &kAttributeDefinitions, Need::required},
    {"BillingMode", &kBillingMode},
    {"TableThroughputMode", &kBillingMode},
    kThroughputMember,
    {"KeySchema", &kTableKeySchema, Need::required},
    {"LocalSecondaryIndexes", &kLocalIndexes},
    {"GlobalSecondaryIndexes", &kGlobalIndexes},
    {"StreamSpecification", &kStreamSpecification},
    {"SSESpecification", &kSseSpecification},
    {"VectorIndexes", &kVectorIndexes},
    {"GlobalTableSourceArn", &kTableArn},
    {"GlobalTableSettingsReplicationMode", &kReplicationMode},
};
inline constexpr RequestRules kCreateTableRules = {"CreateTable", kCreateTableMembers};

inline constexpr MemberRule kUpdateTableMembers[] = {
    kControlTableMember,
    {"AttributeDefinitions", &kAttributeDefinitions},
    {"BillingMode", &kBillingMode},
    {"TableThroughputMode", &kBillingMode},
    kThroughputMember,
    {"GlobalSecondaryIndexUpdates", &kGlobalIndexUpdates},
    {"StreamSpecification", &kStreamSpecification},
    {"SSESpecification", &kSseSpecification},
    {"ReplicaUpdates", &kReplicaUpdates},
    {"MultiRegionConsistency", &kMultiRegionConsistency},
    {"GlobalTableWitnessUpdates", &kWitnessUpdates},
    {"GlobalTableSettingsReplicationMode", &kReplicationMode},
    {"VectorIndexUpdates", &kVectorIndexUpdates},
};
inline constexpr RequestRules kUpdateTableRules = {"UpdateTable", kUpdateTableMembers};

// ---- Operations that name a table and nothing else ----

inline constexpr MemberRule kTableNameMembers[] = {kControlTableMember};
inline constexpr RequestRules kDeleteTableRules = {"DeleteTable", kTableNameMembers};
inline constexpr RequestRules kDescribeTableRules = {"DescribeTable", kTableNameMembers};
inline constexpr RequestRules kDescribeContinuousBackupsRules = {"DescribeContinuousBackups",
                                                                 kTableNameMembers};
inline constexpr RequestRules kDescribeReplicaAutoScalingRules = {"DescribeTableReplicaAutoScaling",
                                                                  kTableNameMembers};
inline constexpr RequestRules kDescribeTimeToLiveRules = {"DescribeTimeToLive", kTableNameMembers};

// ---- ListTables ----

inline constexpr ValueRule kTablesLimit = integer_rule(1, 100);
inline constexpr MemberRule kListTablesMembers[] = {
    {"Limit", &kTablesLimit},
    {"ExclusiveStartTableName", &kPlainName},
};
inline constexpr RequestRules kListTablesRules = {"ListTables", kListTablesMembers};

// ---- Time to live ----

inline constexpr MemberRule kTimeToLiveSpecificationMembers[] = {
    {"AttributeName", &kKeyAttributeName, Need::required},
    {"Enabled", &kAnyValue, Need::required},
};
inline constexpr ValueRule kTimeToLiveSpecification =
    structure_rule(kTimeToLiveSpecificationMembers, "TimeToLiveSpecification");
inline constexpr MemberRule kUpdateTimeToLiveMembers[] = {
    kControlTableMember,
    {"TimeToLiveSpecification", &kTimeToLiveSpecification, Need::required},
};
inline constexpr RequestRules kUpdateTimeToLiveRules = {"UpdateTimeToLive",
                                                        kUpdateTimeToLiveMembers};

// ---- Backups ----

inline constexpr ValueRule kRecoveryDays = integer_rule(1, kRecoveryDaysMax);
inline constexpr MemberRule kRecoverySpecificationMembers[] = {
    {"PointInTimeRecoveryEnabled", &kAnyValue, Need::required},
    {"RecoveryPeriodInDays", &kRecoveryDays},
};
inline constexpr ValueRule kRecoverySpecification =
    structure_rule(kRecoverySpecificationMembers, "PointInTimeRecoverySpecification");
inline constexpr MemberRule kUpdateContinuousBackupsMembers[] = {
    kControlTableMember,
    {"PointInTimeRecoverySpecification", &kRecoverySpecification, Need::required},
};
inline constexpr RequestRules kUpdateContinuousBackupsRules = {"UpdateContinuousBackups",
                                                               kUpdateContinuousBackupsMembers};

inline constexpr std::string_view kBackupTypeWords[] = {"USER", "SYSTEM", "AWS_BACKUP", "ALL"};
inline constexpr ValueRule kBackupType = word_rule(kBackupTypeWords);
inline constexpr ValueRule kBackupsLimit = integer_rule(1, 100);
inline constexpr ValueRule kBackupArn = text_rule(37, 1024);
inline constexpr MemberRule kListBackupsMembers[] = {
    {"TableName", &kControlTableName, Need::optional, Told::alone},
    {"BackupType", &kBackupType},
    {"Limit", &kBackupsLimit},
    {"ExclusiveStartBackupArn", &kBackupArn},
};
inline constexpr RequestRules kListBackupsRules = {"ListBackups", kListBackupsMembers};

// ---- Lists that are empty ----

inline constexpr ValueRule kListingPage = integer_rule(1, 25);
inline constexpr MemberRule kListExportsMembers[] = {{"TableArn", &kTableArn},
                                                     {"MaxResults", &kListingPage}};
inline constexpr RequestRules kListExportsRules = {"ListExports", kListExportsMembers};

inline constexpr ValueRule kImportToken = pattern_rule(&kImportTokenPattern, 112, 1024);
inline constexpr MemberRule kListImportsMembers[] = {
    {"TableArn", &kTableArn},
    {"PageSize", &kListingPage},
    {"NextToken", &kImportToken},
};
inline constexpr RequestRules kListImportsRules = {"ListImports", kListImportsMembers};

inline constexpr MemberRule kListGlobalTablesMembers[] = {
    {"ExclusiveStartGlobalTableName", &kPlainName},
    {"Limit", &kPositiveInteger},
};
inline constexpr RequestRules kListGlobalTablesRules = {"ListGlobalTables",
                                                        kListGlobalTablesMembers};

// ---- Contributor Insights ----

inline constexpr std::string_view kInsightsActionWords[] = {"ENABLE", "DISABLE"};
inline constexpr ValueRule kInsightsAction = word_rule(kInsightsActionWords);
inline constexpr std::string_view kInsightsModeWords[] = {"ACCESSED_AND_THROTTLED_KEYS",
                                                          "THROTTLED_KEYS"};
inline constexpr ValueRule kInsightsMode = word_rule(kInsightsModeWords);
inline constexpr MemberRule kUpdateInsightsMembers[] = {
    kControlTableMember,
    {"IndexName", &kPlainName},
    {"ContributorInsightsAction", &kInsightsAction, Need::required},
    {"ContributorInsightsMode", &kInsightsMode},
};
inline constexpr RequestRules kUpdateInsightsRules = {"UpdateContributorInsights",
                                                      kUpdateInsightsMembers};
inline constexpr MemberRule kDescribeInsightsMembers[] = {kControlTableMember,
                                                          {"IndexName", &kPlainName}};
inline constexpr RequestRules kDescribeInsightsRules = {"DescribeContributorInsights",
                                                        kDescribeInsightsMembers};

inline constexpr ValueRule kInsightsMaxResults = integer_rule(kNoLowerBound, 100);
inline constexpr MemberRule kListInsightsMembers[] = {
    {"TableName", &kControlTableName, Need::optional, Told::alone},
    {"MaxResults", &kInsightsMaxResults},
};
inline constexpr RequestRules kListInsightsRules = {"ListContributorInsights",
                                                    kListInsightsMembers};

}  // namespace stator
