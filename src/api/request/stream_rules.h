// What may stand in the requests of the Streams API.
#pragma once

#include "api/request/value_rules.h"
#include "streams/shard_iterator.h"
#include "streams/shard_reader.h"

namespace stator {

inline constexpr ValueRule kStreamArn = text_rule(37, 1024);
inline constexpr ValueRule kShardId = text_rule(28, 65);
inline constexpr ValueRule kSequenceNumber = text_rule(21, 40);
inline constexpr ValueRule kShardIterator = text_rule(1, kShardIteratorBytesMax);

// AWS: streams of one page of ListStreams, shards of one of DescribeStream.
inline constexpr ValueRule kStreamsLimit = integer_rule(1, 100);
inline constexpr ValueRule kRecordsLimit = integer_rule(1, kStreamPageRecordsMax);

inline constexpr MemberRule kListStreamsMembers[] = {
    {"TableName", &kPlainName, Need::optional, Told::alone},
    {"Limit", &kStreamsLimit},
    {"ExclusiveStartStreamArn", &kStreamArn},
};
inline constexpr RequestRules kListStreamsRules = {"ListStreams", kListStreamsMembers};

inline constexpr std::string_view kShardFilterWords[] = {"CHILD_SHARDS"};
inline constexpr ValueRule kShardFilterType = word_rule(kShardFilterWords);
inline constexpr MemberRule kShardFilterMembers[] = {
    {"Type", &kShardFilterType},
    {"ShardId", &kShardId},
};
inline constexpr ValueRule kShardFilter = structure_rule(kShardFilterMembers, "ShardFilter");

inline constexpr MemberRule kDescribeStreamMembers[] = {
    {"StreamArn", &kStreamArn, Need::required},
    {"Limit", &kStreamsLimit},
    {"ExclusiveStartShardId", &kShardId},
    {"ShardFilter", &kShardFilter},
};
inline constexpr RequestRules kDescribeStreamRules = {"DescribeStream", kDescribeStreamMembers};

inline constexpr std::string_view kIteratorTypeWords[] = {
    "TRIM_HORIZON", "LATEST", "AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"};
inline constexpr ValueRule kIteratorType = word_rule(kIteratorTypeWords);
inline constexpr MemberRule kGetShardIteratorMembers[] = {
    {"StreamArn", &kStreamArn, Need::required},
    {"ShardId", &kShardId, Need::required},
    {"ShardIteratorType", &kIteratorType, Need::required},
    {"SequenceNumber", &kSequenceNumber},
};
inline constexpr RequestRules kGetShardIteratorRules = {"GetShardIterator",
                                                        kGetShardIteratorMembers};

inline constexpr MemberRule kGetRecordsMembers[] = {
    {"ShardIterator", &kShardIterator, Need::required},
    {"Limit", &kRecordsLimit},
};
inline constexpr RequestRules kGetRecordsRules = {"GetRecords", kGetRecordsMembers};

}  // namespace stator
