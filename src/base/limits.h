// Every limit that stator enforces, with its unit and its source.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace stator {

// AWS quota "Item size": names plus values, see model/item.h.
inline constexpr std::size_t kItemBytesMax = 400 * 1024;

// What one partition holds.
inline constexpr std::int64_t kPartitionBytesMax = std::int64_t{10} << 30;

// AWS quota "Item collection": items and their entries in local indexes under one partition key,
// in bytes of storage.
inline constexpr std::int64_t kItemCollectionBytesMax = std::int64_t{10} * 1024 * 1024 * 1024;

// AWS quotas of indexes: of one table; non-key attributes of one INCLUDE, and of all of a table.
inline constexpr std::size_t kLocalIndexesMax = 5;
inline constexpr std::size_t kGlobalIndexesMax = 20;
inline constexpr std::size_t kNonKeyAttributesMax = 20;
inline constexpr std::size_t kTableNonKeyAttributesMax = 100;

// AWS quotas of keys, in bytes of the value alone.
inline constexpr std::size_t kPartitionKeyBytesMax = 2048;
inline constexpr std::size_t kSortKeyBytesMax = 1024;

// AWS quotas of attribute names, in bytes of UTF-8.
inline constexpr std::size_t kAttributeNameBytesMax = 65535;
inline constexpr std::size_t kKeyNameBytesMax = 255;

// AWS quota "Attribute nesting": lists and maps around a leaf, plus the leaf.
inline constexpr int kNestingLevelsMax = 32;

// AWS quotas of expressions: bytes of the raw text; operators and functions; operands of IN; bytes
// of one placeholder with its sigil; bytes of all names and values that placeholders stand for, as
// those of an item are counted; elements of one document path.
inline constexpr std::size_t kExpressionBytesMax = 4096;
inline constexpr int kExpressionOperatorsMax = 300;
inline constexpr std::size_t kInOperandsMax = 100;
inline constexpr std::size_t kPlaceholderBytesMax = 255;
inline constexpr std::size_t kSubstitutedBytesMax = 2 * 1024 * 1024;
inline constexpr int kPathDepthMax = 32;

// Parentheses and functions of a PartiQL statement inside each other; our own, against a deep
// stack.
inline constexpr int kStatementDepthMax = 256;

// AWS: bytes of items that one page of Query or Scan evaluates.
inline constexpr std::size_t kPageBytesMax = 1024 * 1024;

// AWS: bytes of one request's body, inflated; and of what BatchGetItem returns.
inline constexpr std::size_t kRequestBytesMax = 16 * 1024 * 1024;
inline constexpr std::size_t kBatchGetBytesMax = 16 * 1024 * 1024;

// AWS: keys of a BatchGetItem, writes of a BatchWriteItem.
inline constexpr std::size_t kBatchGetKeysMax = 100;
inline constexpr std::size_t kBatchWriteRequestsMax = 25;

// AWS: actions of a transaction, and bytes of what it writes or reads.
inline constexpr std::size_t kTransactionActionsMax = 100;
inline constexpr std::size_t kTransactionBytesMax = 4 * 1024 * 1024;

// AWS: characters of a ClientRequestToken, and how long it is known after its transaction.
inline constexpr std::size_t kRequestTokenLengthMax = 36;
inline constexpr std::chrono::minutes kRequestTokenAgeMax{10};

// AWS: bytes of a PartiQL statement and of the token of its next page; statements of a
// BatchExecuteStatement; reads that one statement may be taken apart into.
inline constexpr std::size_t kStatementBytesMax = 8192;
inline constexpr std::size_t kNextTokenBytesMax = 32768;
inline constexpr std::size_t kBatchStatementsMax = 25;
inline constexpr std::size_t kStatementReadsMax = 50;

// AWS: bytes of an HTTP request line, and of all header lines together.
inline constexpr std::size_t kHttpRequestLineBytesMax = 16 * 1024;
inline constexpr std::size_t kHttpHeaderBytesMax = 16 * 1024;

// Bytes of the query of a request about stator itself; ours: a table's name, each byte escaped, and
// as much again.
inline constexpr std::size_t kQueryBytesMax = 2048;

// AWS: segments of a parallel Scan.
inline constexpr int kScanSegmentsMax = 1'000'000;

// AWS quota "Tables": soft there, the most that one database holds here.
inline constexpr std::size_t kTablesMax = 2500;
inline constexpr std::size_t kTableNameBytesMax = 255;
inline constexpr std::size_t kTableNameBytesMin = 3;

// AWS quotas of throughput, in units per second: of one table, provisioned or warm; of an account.
inline constexpr std::int64_t kTableUnitsMax = 40'000;
inline constexpr std::int64_t kAccountUnitsMax = 80'000;

// AWS: decreases of a table's throughput on one UTC day before they are limited to one an hour.
inline constexpr std::int64_t kFreeDecreasesPerDay = 4;

// AWS quotas of tags: tags of one table, characters of a key and of a value.
inline constexpr std::size_t kTagsMax = 50;
inline constexpr std::size_t kTagKeyLengthMax = 128;
inline constexpr std::size_t kTagValueLengthMax = 256;

// AWS quota "Resource-based policy": bytes of a policy document, blanks included.
inline constexpr std::size_t kPolicyBytesMax = 20 * 1024;

// The longest duration in options and requests: a century, of which a TimePoint holds thousands.
inline constexpr std::chrono::milliseconds kDurationMax = std::chrono::days(36'500);

// The longest lag of a read. AWS's indexes are seconds behind at worst; what a day's lag needs is
// about what kRowHistoryBytesMax can hold anyway.
inline constexpr std::chrono::milliseconds kLagMax = std::chrono::hours(24);

// Memory of what rows were before they changed, which reads with a lag need: some hundred thousand
// writes of small items, and little beside what a test machine has.
inline constexpr std::size_t kRowHistoryBytesMax = std::size_t{256} * 1024 * 1024;

static_assert(kItemBytesMax < kPageBytesMax);
static_assert(kPageBytesMax < kRequestBytesMax);
static_assert(kTransactionBytesMax < kRequestBytesMax);
static_assert(kExpressionBytesMax < kRequestBytesMax);
static_assert(kLagMax < kDurationMax);
static_assert(kRequestBytesMax < kRowHistoryBytesMax);
static_assert(6 * kTableNameBytesMax < kQueryBytesMax);
static_assert(kKeyNameBytesMax < kAttributeNameBytesMax);

}  // namespace stator
