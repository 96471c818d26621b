// What AWS allows of the throughput of a table or a global index: provisioned units, on-demand
// maxima, warm throughput.
#pragma once

#include <string_view>

#include "api/request/shape_reader.h"
#include "base/result.h"
#include "model/table.h"
#include "storage/catalog.h"

namespace stator {

// Whose throughput it is, for the texts of errors.
struct ThroughputOwner {
  std::string_view region;
  std::string_view index;  // empty: the table itself
};

// Units that can be provisioned for one table or index.
//   errors  validation: beyond any quota
Result<void> check_units_are_sane(const UnitPair& units, const ThroughputOwner& owner);
//   errors  limit_exceeded: beyond the account's quota, which it names
Result<void> check_unit_quota(const UnitPair& units, const ThroughputOwner& owner);

// What the account has provisioned once `after` is stored; on demand nothing is reserved. A table
// that asks for no more than `before` (nullptr: it is new) is not refused for what others have.
//   errors  limit_exceeded: beyond the account's quota, with the units that others have reserved
Result<void> check_account_units(const Catalog& catalog, const TableDefinition* before,
                                 const TableDefinition& after, std::string_view region,
                                 TimePoint now);

// Provisioned throughput after a change to other units.
//   errors  validation: they are the same; limit_exceeded: too many decreases today
Result<ProvisionedThroughput> change_provisioned(const ProvisionedThroughput& current,
                                                 const UnitPair& requested,
                                                 const ThroughputOwner& owner, TimePoint now);

// Whether -1 may be asked for, which removes a maximum.
enum class Removal { refused, allowed };

//   errors  validation: a maximum outside the range
Result<void> check_maximum_range(const UnitPair& requested, Removal removal,
                                 const ThroughputOwner& owner);
//   errors  validation: a maximum of what is not on demand
Result<void> check_maximum_billing(const UnitPair& requested, BillingMode billing);

// `current` with the members that were asked for; nullopt when no maximum is left.
std::optional<OnDemandMaximum> merged_maximum(const std::optional<OnDemandMaximum>& current,
                                              const UnitPair& requested);

// The least warm throughput that may be asked for, and AWS's words for less.
struct WarmFloor {
  WarmThroughput least;
  std::string_view below_read;
  std::string_view below_write;
};

// For CreateTable.
WarmFloor initial_warm_floor(BillingMode billing, const ProvisionedThroughput& throughput);
// For UpdateTable.
WarmFloor current_warm_floor(const WarmThroughput& current);

// What was asked for; 0 where nothing was.
//   errors  validation: below the floor; limit_exceeded: beyond the quota
Result<WarmThroughput> plan_warm(const UnitPair& requested, const WarmFloor& floor,
                                 const ThroughputOwner& owner);

}  // namespace stator
