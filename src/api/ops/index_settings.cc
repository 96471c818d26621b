#include "api/ops/index_settings.h"

#include <set>
#include <string>
#include <utility>

#include "api/ops/capacity_plan.h"
#include "api/ops/table_settings.h"
#include "base/limits.h"

namespace stator {
namespace {

Result<void> check_projection(const ProjectionRequest& request) {
  if (!request.type) return invalid_parameter("Unknown ProjectionType: null");
  const bool is_include = *request.type == "INCLUDE";
  if (is_include && !request.non_key_attributes) {
    return invalid_parameter("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
  }
  if (!is_include && request.non_key_attributes) {
    return invalid_parameter("ProjectionType is " + std::string(*request.type) +
                             ", but NonKeyAttributes is specified");
  }
  return {};
}

ProjectionType projection_type(std::string_view name) {
  if (name == "INCLUDE") return ProjectionType::include;
  return name == "ALL" ? ProjectionType::all : ProjectionType::keys_only;
}

// Of a checked request.
IndexProjection projection_of(const ProjectionRequest& request) {
  IndexProjection projection;
  projection.type = projection_type(*request.type);
  if (!request.non_key_attributes) return projection;
  const std::set<std::string_view> names(request.non_key_attributes->begin(),
                                         request.non_key_attributes->end());
  projection.attributes.assign(names.begin(), names.end());
  return projection;
}

Result<void> check_has_units(const IndexRequest& request, BillingMode billing) {
  const std::string name(*request.name);
  const bool has_units = request.throughput.provisioned.has_value();
  if (billing == BillingMode::pay_per_request && has_units) {
    return invalid_parameter("ProvisionedThroughput should not be specified for index: " + name +
                             " when BillingMode is PAY_PER_REQUEST");
  }
  if (billing == BillingMode::provisioned && !has_units) {
    return invalid_parameter("ProvisionedThroughput is not specified for index: " + name);
  }
  return {};
}

Result<void> check_local_key(const std::string& index, const KeySchema& key,
                             const KeySchema& table_key) {
  if (key.sort.empty()) {
    return invalid_parameter("Index KeySchema does not have a range key for index: " + index);
  }
  const std::string& hash = key.partition[0].name;
  const std::string& table_hash = table_key.partition[0].name;
  if (hash == table_hash) return {};
  return invalid_parameter(
      "Index KeySchema does not have the same leading hash key as table KeySchema for index: " +
      index + ". index hash key: " + hash + ", table hash key: " + table_hash);
}

Result<IndexDefinition> plan_local_index(const IndexRequest& request, const KeySchema& table_key,
                                         const AttributeTypes& types) {
  IndexDefinition index;
  index.kind = IndexKind::local;
  index.name = *request.name;
  index.key = TRY(plan_local_key(*request.key_schema, types));
  TRY(check_local_key(index.name, index.key, table_key));
  TRY(check_projection(*request.projection));
  index.projection = projection_of(*request.projection);
  return index;
}

// The indexes of a table, each under a name that none before it has. Too many are refused after all
// that is wrong with one of them, so there may be any number meanwhile.
class PlannedIndexes {
 public:
  Result<void> append(IndexDefinition index) {
    if (!names_.insert(index.name).second) {
      return invalid_parameter("Duplicate index name: " + index.name);
    }
    indexes_.push_back(std::move(index));
    return {};
  }

  std::vector<IndexDefinition> take() { return std::move(indexes_); }

 private:
  std::set<std::string> names_;
  std::vector<IndexDefinition> indexes_;
};

Result<void> append_local_indexes(const std::vector<IndexRequest>& requests,
                                  const KeySchema& table_key, const AttributeTypes& types,
                                  PlannedIndexes* indexes) {
  if (requests.empty()) return invalid_parameter("List of LocalSecondaryIndexes is empty");
  if (table_key.sort.empty()) {
    return invalid_parameter(
        "Table KeySchema does not have a range key, which is required when specifying a "
        "LocalSecondaryIndex");
  }
  for (const IndexRequest& request : requests) {
    IndexDefinition index = TRY(plan_local_index(request, table_key, types));
    TRY(indexes->append(std::move(index)));
  }
  if (requests.size() <= kLocalIndexesMax) return {};
  return invalid_parameter("Number of LocalSecondaryIndexes exceeds per-table limit of " +
                           std::to_string(kLocalIndexesMax));
}

Result<void> append_global_indexes(const std::vector<IndexRequest>& requests,
                                   const Transition& transition,
                                   const IndexSurroundings& surroundings, PlannedIndexes* indexes) {
  if (requests.empty()) return invalid_parameter("List of GlobalSecondaryIndexes is empty");
  for (const IndexRequest& request : requests) {
    TRY(check_global_index(request, surroundings.types));
    TRY(check_has_units(request, surroundings.billing));
    IndexDefinition index = TRY(plan_global_index(request, surroundings));
    index.transition = transition;
    if (request.throughput.asks_for_warmth()) index.warm_until = transition.until;
    TRY(indexes->append(std::move(index)));
  }
  if (requests.size() <= kGlobalIndexesMax) return {};
  return invalid_parameter("GlobalSecondaryIndex count exceeds the per-table limit of " +
                           std::to_string(kGlobalIndexesMax));
}

}  // namespace

Result<void> check_global_index(const IndexRequest& request, const AttributeTypes& types) {
  TRY(check_global_key(*request.key_schema, types));
  return check_projection(*request.projection);
}

Result<IndexDefinition> plan_global_index(const IndexRequest& request,
                                          const IndexSurroundings& surroundings) {
  IndexDefinition index;
  index.kind = IndexKind::global;
  index.name = *request.name;
  index.key = key_of(*request.key_schema, surroundings.types);
  index.projection = projection_of(*request.projection);
  Capacity capacity =
      TRY(initial_capacity(request.throughput, surroundings.billing,
                           {.region = surroundings.region, .index = index.name}, surroundings.now));
  set_capacity(std::move(capacity), &index);
  return index;
}

Result<std::vector<IndexDefinition>> plan_indexes(const TableRequest& request,
                                                  const TableDefinition& table,
                                                  std::string_view region) {
  PlannedIndexes planned;
  const AttributeTypes types(*request.attribute_definitions);
  if (request.local_indexes) {
    TRY(append_local_indexes(*request.local_indexes, table.key, types, &planned));
  }
  if (request.global_indexes) {
    TRY(append_global_indexes(
        *request.global_indexes, table.transition,
        {.types = types, .billing = table.billing, .region = region, .now = table.created},
        &planned));
  }
  std::vector<IndexDefinition> indexes = planned.take();
  TRY(check_projected_attributes(indexes));
  return indexes;
}

Result<void> check_projected_attributes(const std::vector<IndexDefinition>& indexes) {
  std::size_t count = 0;
  for (const IndexDefinition& index : indexes) count += index.projection.attributes.size();
  if (count <= kTableNonKeyAttributesMax) return {};
  return invalid_parameter(
      "Number of NonKeyAttributes across all indexes exceeds the per-table limit of " +
      std::to_string(kTableNonKeyAttributesMax));
}

Error one_online_index() {
  return Error(ErrorCode::limit_exceeded,
               "Subscriber limit exceeded: Only 1 online index can be created or deleted "
               "simultaneously per table");
}

}  // namespace stator
