// What may stand in the requests that export tables to S3 and import them from there.
#pragma once

#include "api/request/table_rules.h"

namespace stator {

inline constexpr ValueRule kClientToken = pattern_rule(&kClientTokenPattern);
inline constexpr ValueRule kBucket = pattern_rule(&kBucketPattern, 0, 255);
inline constexpr ValueRule kBucketOwner = pattern_rule(&kAccountPattern);
inline constexpr ValueRule kKeyPrefix = text_rule(0, 1024);
inline constexpr MemberRule kClientTokenMember = {"ClientToken", &kClientToken};
inline constexpr MemberRule kBucketMember = {"S3Bucket", &kBucket, Need::required};
inline constexpr MemberRule kBucketOwnerMember = {"S3BucketOwner", &kBucketOwner};

// ---- ExportTableToPointInTime ----

inline constexpr ValueRule kKmsKeyId = text_rule(1, 2048);
inline constexpr std::string_view kExportFormatWords[] = {"DYNAMODB_JSON", "ION"};
inline constexpr ValueRule kExportFormat = word_rule(kExportFormatWords);
inline constexpr std::string_view kExportTypeWords[] = {"FULL_EXPORT", "INCREMENTAL_EXPORT"};
inline constexpr ValueRule kExportType = word_rule(kExportTypeWords);
inline constexpr std::string_view kExportViewWords[] = {"NEW_IMAGE", "NEW_AND_OLD_IMAGES"};
inline constexpr ValueRule kExportView = word_rule(kExportViewWords);
inline constexpr MemberRule kIncrementalMembers[] = {{"ExportViewType", &kExportView}};
inline constexpr ValueRule kIncrementalSpecification =
    structure_rule(kIncrementalMembers, "IncrementalExportSpecification");

inline constexpr MemberRule kExportMembers[] = {
    {"TableArn", &kTableArn, Need::required},
    kClientTokenMember,
    kBucketMember,
    kBucketOwnerMember,
    {"S3Prefix", &kKeyPrefix},
    {"S3SseAlgorithm", &kSseType},
    {"S3SseKmsKeyId", &kKmsKeyId},
    {"ExportFormat", &kExportFormat},
    {"ExportType", &kExportType},
    {"IncrementalExportSpecification", &kIncrementalSpecification},
};
inline constexpr RequestRules kExportRules = {"ExportTableToPointInTime", kExportMembers};

// ---- ImportTable ----

inline constexpr MemberRule kBucketSourceMembers[] = {
    kBucketOwnerMember,
    kBucketMember,
    {"S3KeyPrefix", &kKeyPrefix},
};
inline constexpr ValueRule kBucketSource = structure_rule(kBucketSourceMembers, "S3BucketSource");

inline constexpr ValueRule kCsvDelimiter = pattern_rule(&kCsvDelimiterPattern, 1, 1);
inline constexpr ValueRule kCsvHeader = pattern_rule(&kCsvHeaderPattern, 1, 65536);
inline constexpr ValueRule kCsvHeaders = list_rule(&kCsvHeader, 1, 255);
inline constexpr MemberRule kCsvMembers[] = {
    {"Delimiter", &kCsvDelimiter},
    {"HeaderList", &kCsvHeaders},
};
inline constexpr ValueRule kCsvOptions = structure_rule(kCsvMembers, "CsvOptions");
inline constexpr MemberRule kFormatOptionsMembers[] = {{"Csv", &kCsvOptions}};
inline constexpr ValueRule kFormatOptions =
    structure_rule(kFormatOptionsMembers, "InputFormatOptions");

inline constexpr std::string_view kInputFormatWords[] = {"DYNAMODB_JSON", "ION", "CSV"};
inline constexpr ValueRule kInputFormat = word_rule(kInputFormatWords);
inline constexpr std::string_view kCompressionWords[] = {"ZSTD", "NONE", "GZIP"};
inline constexpr ValueRule kCompression = word_rule(kCompressionWords);

inline constexpr MemberRule kCreationMembers[] = {
    {"TableName", &kPlainName, Need::required},
    {"AttributeDefinitions", &kAttributeDefinitions, Need::required},
    {"KeySchema", &kTableKeySchema, Need::required},
    {"BillingMode", &kBillingMode},
    kThroughputMember,
    {"OnDemandThroughput", &kOnDemandThroughput},
    {"SSESpecification", &kSseSpecification},
    {"GlobalSecondaryIndexes", &kGlobalIndexes},
    {"VectorIndexes", &kVectorIndexes},
};
inline constexpr ValueRule kCreationParameters =
    structure_rule(kCreationMembers, "TableCreationParameters");

inline constexpr MemberRule kImportMembers[] = {
    kClientTokenMember,
    {"S3BucketSource", &kBucketSource, Need::required},
    {"InputFormat", &kInputFormat, Need::required},
    {"InputFormatOptions", &kFormatOptions},
    {"InputCompressionType", &kCompression},
    {"TableCreationParameters", &kCreationParameters, Need::required},
};
inline constexpr RequestRules kImportRules = {"ImportTable", kImportMembers};

// ---- DescribeExport, DescribeImport ----

inline constexpr ValueRule kTransferArn = text_rule(37, 1024);
inline constexpr MemberRule kDescribeExportMembers[] = {
    {"ExportArn", &kTransferArn, Need::required}};
inline constexpr RequestRules kDescribeExportRules = {"DescribeExport", kDescribeExportMembers};
inline constexpr MemberRule kDescribeImportMembers[] = {
    {"ImportArn", &kTransferArn, Need::required}};
inline constexpr RequestRules kDescribeImportRules = {"DescribeImport", kDescribeImportMembers};

}  // namespace stator
