// What may stand in the requests about a table's Kinesis data streams.
#pragma once

#include "api/request/value_rules.h"

namespace stator {

inline constexpr std::string_view kPrecisionWords[] = {"MILLISECOND", "MICROSECOND"};
inline constexpr ValueRule kPrecision = word_rule(kPrecisionWords);
inline constexpr MemberRule kKinesisConfigurationMembers[] = {
    {"ApproximateCreationDateTimePrecision", &kPrecision}};
inline constexpr ValueRule kEnableKinesisConfigurationRule =
    structure_rule(kKinesisConfigurationMembers, "EnableKinesisStreamingConfiguration");
inline constexpr ValueRule kUpdateKinesisConfigurationRule =
    structure_rule(kKinesisConfigurationMembers, "UpdateKinesisStreamingConfiguration");

inline constexpr ValueRule kKinesisStreamArn = text_rule(37, 1024);
inline constexpr MemberRule kKinesisStreamMember = {"StreamArn", &kKinesisStreamArn,
                                                    Need::required};

inline constexpr MemberRule kEnableKinesisMembers[] = {
    kControlTableMember,
    kKinesisStreamMember,
    {"EnableKinesisStreamingConfiguration", &kEnableKinesisConfigurationRule},
};
inline constexpr RequestRules kEnableKinesisRules = {"EnableKinesisStreamingDestination",
                                                     kEnableKinesisMembers};
inline constexpr RequestRules kDisableKinesisRules = {"DisableKinesisStreamingDestination",
                                                      kEnableKinesisMembers};

inline constexpr MemberRule kUpdateKinesisMembers[] = {
    kControlTableMember,
    kKinesisStreamMember,
    {"UpdateKinesisStreamingConfiguration", &kUpdateKinesisConfigurationRule},
};
inline constexpr RequestRules kUpdateKinesisRules = {"UpdateKinesisStreamingDestination",
                                                     kUpdateKinesisMembers};

inline constexpr MemberRule kDescribeKinesisMembers[] = {kControlTableMember};
inline constexpr RequestRules kDescribeKinesisRules = {"DescribeKinesisStreamingDestination",
                                                       kDescribeKinesisMembers};

}  // namespace stator
