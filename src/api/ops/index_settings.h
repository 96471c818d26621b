// From a checked request to the definitions of secondary indexes.
#pragma once

#include <string_view>
#include <vector>

#include "api/ops/key_settings.h"
#include "api/request/table_request.h"
#include "base/result.h"
#include "model/table.h"

namespace stator {

// What the definition of a global index depends on beside its request.
struct IndexSurroundings {
  const AttributeTypes& types;
  BillingMode billing = BillingMode::provisioned;
  std::string_view region;
  TimePoint now;
};

// What can be said of a new global index before its table is known.
//   errors  validation
Result<void> check_global_index(const IndexRequest& request, const AttributeTypes& types);

// A global index without a status, of a request that was checked and has units where it needs them.
//   errors  validation; limit_exceeded: see throughput_rules.h
Result<IndexDefinition> plan_global_index(const IndexRequest& request,
                                          const IndexSurroundings& surroundings);

// The indexes of a new table: local ones, then global ones, which are CREATING as long as it is.
//   table   has its key, billing and transition
//   errors  as above, in AWS's order
Result<std::vector<IndexDefinition>> plan_indexes(const TableRequest& request,
                                                  const TableDefinition& table,
                                                  std::string_view region);

// The attributes that all indexes of a table project by name, taken together.
//   errors  validation: too many
Result<void> check_projected_attributes(const std::vector<IndexDefinition>& indexes);

// "Subscriber limit exceeded: Only 1 online index can be .."
Error one_online_index();

}  // namespace stator
