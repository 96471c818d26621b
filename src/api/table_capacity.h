// The capacity of one table and its global indexes while it is in use: asked before an operation
// runs, charged with what it cost.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "api/capacity_snapshot.h"
#include "api/throttle_errors.h"
#include "base/thread_annotations.h"
#include "capacity/admission.h"
#include "storage/catalog.h"

namespace stator {

// The place of a row of a table, or of an index where there is one: what stands behind the keyspace
// in the row key, without the table's key in the row of an index. Refers to the row key.
CapacityPlace place_of_row(const KeySchema& schema, std::string_view row_key);

// Whether the item collections of the table itself may be cut; those of an index always may.
CollectionCuts collection_cuts(const TableDefinition& table);

// What an operation takes of a table or an index. Views are the caller's.
struct CapacityUse {
  const IndexDefinition* index = nullptr;  // null: the table; a local one is the table as well
  CapacityPlace place;
  double units = 0;  // of a read once they are known
};

// What the catalog is to be told of one table or index.
struct CapacityGrowth {
  std::uint32_t keyspace = 0;
  std::vector<SplitDecision> splits;
  std::uint32_t partitions = 0;  // at least so many
  WarmThroughput warm;           // at least so much
};

// A resource; thread-safe: one mutex, for operations on one table touch its indexes as well. It
// follows the catalog: each call brings the definition that its request sees. Takes no memory per
// operation where nothing is throttled.
class TableCapacity {
 public:
  // Of a table that has been idle since `born`.
  TableCapacity(const TableDefinition& table, BurstAtStart burst, TimePoint born);
  TableCapacity(const TableCapacity&) = delete;
  TableCapacity& operator=(const TableCapacity&) = delete;

  // Admits and charges a decided write with all that it takes. Empty: it may run. Otherwise nothing
  // was charged. Here as below the uses are of the definition, as the request sees it.
  //
  // A transaction hands in the uses of all of its writes of a table in one call.
  ThrottledArms admit_write(const CatalogStore& catalog, const TableDefinition& table,
                            std::span<const CapacityUse> uses, CapacityMode mode, TimePoint now);

  // Whether a read may begin at a place.
  ThrottledArms admit_read(const CatalogStore& catalog, const TableDefinition& table,
                           const CapacityUse& use, CapacityMode mode, TimePoint now);
  void charge_read(const CatalogStore& catalog, const TableDefinition& table,
                   std::span<const CapacityUse> uses, CapacityMode mode, TimePoint now);
  // Admits and charges a read of one item, whose cost is known.
  ThrottledArms take_read(const CatalogStore& catalog, const TableDefinition& table,
                          const CapacityUse& use, CapacityMode mode, TimePoint now);

  // Goes on with the newest definition of the table, of which the caller has seen one.
  void follow(const CatalogStore& catalog, const TableDefinition& table, TimePoint now);

  // What is known now, copied out.
  CapacitySnapshot report(const CatalogStore& catalog, const TableDefinition& table, TimePoint now);
  std::vector<ResourceTotals> totals() const;

  // Whether take_growth() may have something; cheap.
  bool may_grow() const { return may_grow_.load(std::memory_order_relaxed); }
  // What has become due: hot partitions to split, an on-demand peak that became the previous one.
  // Whoever takes it puts it into the catalog, without any lock of this.
  std::vector<CapacityGrowth> take_growth(TimePoint now);

  // Whether it is time to see where the bytes of a table or index lie: it has more than fit into
  // one partition, and since the last look it has grown by a 16th of that, was cut, or a minute has
  // passed. A look may read all of the rows.
  struct SizeLook {
    std::int64_t bytes = 0;
    std::size_t partitions = 0;
    TimePoint at{};
  };
  bool take_size_look(std::uint32_t keyspace, const SizeLook& look,
                      std::int64_t partition_bytes_max);

 private:
  struct Resource {
    SizeLook size_look = {};  // the last one
    std::uint32_t keyspace = 0;
    std::string index;  // its name; empty: the table
    std::unique_ptr<ResourceCapacity> capacity;
  };

  Resource resource(std::uint32_t keyspace, std::string index, const ResourceLimits& limits,
                    const PartitionMap& partitions, TimePoint now) const;
  void follow_locked(const CatalogStore& catalog, const TableDefinition& table, TimePoint now)
      REQUIRES(mu_);
  void change_definition(TimePoint now) REQUIRES(mu_);
  void change_index(const IndexDefinition& index, std::vector<Resource>* before, TimePoint now)
      REQUIRES(mu_);
  // Null of an index that is gone.
  const Resource* find(const IndexDefinition* index) const REQUIRES(mu_);
  // Makes arms_ of the uses.
  void set_arms(std::span<const CapacityUse> uses) REQUIRES(mu_);
  ThrottledArms throttled(const Throttles& throttles, const TableDefinition& table) const
      REQUIRES(mu_);
  void note_growth(TimePoint now) REQUIRES(mu_);

  const BurstAtStart burst_;
  mutable Mutex mu_;
  std::shared_ptr<const Table> table_ GUARDED_BY(mu_);  // as last seen
  std::vector<Resource> resources_ GUARDED_BY(mu_);     // the table, then its indexes by name
  std::vector<CapacityArm> arms_ GUARDED_BY(mu_);       // of the operation; kept for its memory
  std::vector<std::size_t> arm_uses_ GUARDED_BY(mu_);   // of each arm: its place among the uses
  TimePoint next_look_ GUARDED_BY(mu_){};               // at what has become due
  std::atomic<bool> may_grow_{false};
};

}  // namespace stator
