// What a table is: its definition, its status and the partitions it lies in. Values all.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/contributor_insights.h"
#include "model/kinesis_destination.h"
#include "model/partition_map.h"
#include "model/point_in_time_recovery.h"
#include "model/recent_changes.h"
#include "model/resource_policy.h"
#include "model/table_stream.h"
#include "model/time_to_live.h"
#include "model/value.h"
#include "stator/clock.h"

namespace stator {

// A key attribute: its name and its type, one of S, N and B.
struct KeyAttribute {
  std::string name;
  AttributeType type = AttributeType::S;
  bool operator==(const KeyAttribute&) const = default;
};

// The key of a table or an index: one partition attribute and at most one sort attribute, or up to
// four of each in a global secondary index.
struct KeySchema {
  std::vector<KeyAttribute> partition;  // never empty
  std::vector<KeyAttribute> sort;

  std::size_t size() const { return partition.size() + sort.size(); }

  bool is_key(std::string_view name) const {
    const auto is_name = [name](const KeyAttribute& key) { return key.name == name; };
    return std::any_of(partition.begin(), partition.end(), is_name) ||
           std::any_of(sort.begin(), sort.end(), is_name);
  }
  bool operator==(const KeySchema&) const = default;
};

// AWS: attributes of one kind in the key of a global secondary index.
inline constexpr std::size_t kKeyAttributesMax = 4;

enum class BillingMode : std::uint8_t { provisioned = 1, pay_per_request = 2 };

struct ProvisionedThroughput {
  std::int64_t read_units = 0;   // per second
  std::int64_t write_units = 0;  // per second
  std::optional<TimePoint> last_increase;
  std::optional<TimePoint> last_decrease;
  std::int64_t decreases_today = 0;  // on the UTC day of last_decrease
  bool operator==(const ProvisionedThroughput&) const = default;

  // Decreases on the UTC day of `now`.
  std::int64_t decreases_at(TimePoint now) const {
    using std::chrono::days;
    const bool same_day =
        last_decrease && std::chrono::floor<days>(*last_decrease) == std::chrono::floor<days>(now);
    return same_day ? decreases_today : 0;
  }
};

enum class TableStatus : std::uint8_t { active = 1, creating = 2, updating = 3, deleting = 4 };

// What a table serves at once, per second. It only ever grows.
struct WarmThroughput {
  std::int64_t read_units = 0;
  std::int64_t write_units = 0;
  bool operator==(const WarmThroughput&) const = default;

  // At least what `other` says of each.
  WarmThroughput raised_to(const WarmThroughput& other) const {
    return {.read_units = std::max(read_units, other.read_units),
            .write_units = std::max(write_units, other.write_units)};
  }
};

// What DescribeTable says of it at `now`.
//   until  when it was last UPDATING
inline TableStatus warm_status(const std::optional<TimePoint>& until, TimePoint now) {
  return now < until ? TableStatus::updating : TableStatus::active;
}

// AWS: what a new on-demand table serves; exactly four partitions.
inline constexpr WarmThroughput kOnDemandWarmThroughput = {.read_units = 12000,
                                                           .write_units = 4000};

// -1 where no maximum is set.
struct OnDemandMaximum {
  std::int64_t read_units = -1;
  std::int64_t write_units = -1;
  bool operator==(const OnDemandMaximum&) const = default;
};

enum class TableClass : std::uint8_t { standard = 1, infrequent_access = 2 };

// A status that ends by itself when the clock reaches `until`.
struct Transition {
  TableStatus status = TableStatus::active;
  TimePoint until{};
  bool operator==(const Transition&) const = default;
};

struct Tag {
  std::string key;
  std::string value;
  bool operator==(const Tag&) const = default;
};

enum class IndexKind : std::uint8_t { local = 1, global = 2 };

enum class ProjectionType : std::uint8_t { keys_only = 1, include = 2, all = 3 };

// Which attributes an index holds beside the keys of the table and its own.
struct IndexProjection {
  ProjectionType type = ProjectionType::all;
  std::vector<std::string> attributes;  // of include; sorted
  bool operator==(const IndexProjection&) const = default;
};

// A secondary index. Throughput, partitions and status are those of a global one: a local one
// shares its table's.
struct IndexDefinition {
  std::uint32_t keyspace = 0;  // of its rows; never used twice
  std::string name;
  IndexKind kind = IndexKind::global;
  KeySchema key;
  IndexProjection projection;
  ProvisionedThroughput throughput;
  std::optional<OnDemandMaximum> on_demand_maximum;
  WarmThroughput warm;
  std::optional<TimePoint> warm_until;  // when it was last UPDATING
  Transition transition;
  PartitionMap partitions;
  // Of an index that was added to a table that was there: when its resources stood and Backfilling
  // began.
  std::optional<TimePoint> allocated;
  bool built = true;  // whether every item of the table has its row
  std::optional<ContributorInsights> insights;

  bool operator==(const IndexDefinition&) const = default;

  // What DescribeTable says at `now`; nullopt once a DELETING index is gone.
  std::optional<TableStatus> status_at(TimePoint now) const {
    if (transition.status == TableStatus::creating && !built) return TableStatus::creating;
    if (now < transition.until) return transition.status;
    if (transition.status == TableStatus::deleting) return std::nullopt;
    return TableStatus::active;
  }

  bool is_deleted() const { return transition.status == TableStatus::deleting; }

  // Whether the attribute is part of every entry that has it.
  bool projects(const KeySchema& table_key, std::string_view attribute) const;
};

// One table as the catalog holds it. Immutable once published.
struct TableDefinition {
  std::uint32_t keyspace = 0;  // the first field of its row keys; never used twice
  std::string space;           // the namespace in which the name is unique
  std::string name;
  std::string table_id;  // UUID, stable for the table's life
  TimePoint created{};
  KeySchema key;
  std::vector<IndexDefinition> indexes;  // local and global ones, each in the order they came
  // Of the sizes of item collections; 0 in a table without local indexes.
  std::uint32_t collections_keyspace = 0;
  BillingMode billing = BillingMode::provisioned;
  ProvisionedThroughput throughput;
  // Set once the table has ever been on demand.
  std::optional<TimePoint> last_pay_per_request;
  std::optional<OnDemandMaximum> on_demand_maximum;
  WarmThroughput warm;
  std::optional<TimePoint> warm_until;    // when it was last UPDATING
  std::optional<TableClass> table_class;  // only after it was set
  std::optional<TimePoint> table_class_updated;
  bool deletion_protection = false;
  RecentChanges recent_changes;
  std::vector<Tag> tags;
  std::optional<std::string> kms_key;         // ARN; none where the table is encrypted by default
  std::optional<TimePoint> encryption_until;  // when it was last UPDATING
  std::optional<ResourcePolicy> policy;
  std::vector<KinesisDestination> kinesis_destinations;
  std::optional<PointInTimeRecovery> recovery;  // while it is enabled
  Transition transition;
  PartitionMap partitions;
  std::optional<ContributorInsights> insights;
  std::optional<TableStream> stream;       // only after there was one
  std::optional<TimeToLive> time_to_live;  // likewise

  bool operator==(const TableDefinition&) const = default;

  // What DescribeTable says at `now`; nullopt once a DELETING table is gone.
  std::optional<TableStatus> status_at(TimePoint now) const {
    if (now < transition.until) return transition.status;
    if (transition.status == TableStatus::deleting) return std::nullopt;
    return TableStatus::active;
  }

  // The index of that name; null where there is none, or one that is gone at `now`.
  const IndexDefinition* find_index(std::string_view index, TimePoint now) const;

  bool has_local_indexes() const { return collections_keyspace != 0; }

  bool has_stream() const { return stream && stream->is_on(); }

  // Whether writes keep the rows that say when items expire.
  bool has_expiry_rows() const { return time_to_live && time_to_live->has_rows(); }
};

// The partitions that the rows of an index lie in.
inline const PartitionMap& partitions_of(const TableDefinition& table,
                                         const IndexDefinition& index) {
  return index.kind == IndexKind::local ? table.partitions : index.partitions;
}

// The account that every ARN names.
inline constexpr std::string_view kAccount = "000000000000";

// arn:aws:dynamodb:REGION:000000000000:table/NAME; of an index with /index/NAME behind it.
std::string table_arn(std::string_view region, std::string_view name);

}  // namespace stator
