#include "api/request/index_constraints.h"

#include <algorithm>
#include <string>

#include "api/request/shape_constraints.h"
#include "base/limits.h"

namespace stator {
namespace {

// Multi-attribute keys are bounded by kind, and not by the model.
constexpr std::size_t kUnbounded = SIZE_MAX;

std::string printed_list(const std::vector<std::string_view>& texts) {
  std::string text = "[";
  for (const std::string_view each : texts) {
    if (text.size() > 1) text += ", ";
    text += each;
  }
  return text + "]";
}

void check_non_key_attributes(const std::vector<std::string_view>& names, const std::string& path,
                              ConstraintErrors* errors) {
  const std::string printed = printed_list(names);
  if (names.empty()) {
    errors->add(printed, path, "Member must have length greater than or equal to 1");
  }
  if (names.size() > kNonKeyAttributesMax) {
    errors->add(
        printed, path,
        "Member must have length less than or equal to " + std::to_string(kNonKeyAttributesMax));
  }
  const bool are_names = std::all_of(names.begin(), names.end(), [](std::string_view name) {
    return !name.empty() && name.size() <= kKeyNameBytesMax;
  });
  if (are_names) return;
  errors->add(printed, path,
              "Member must satisfy constraint: [Member must have length less than or equal to " +
                  std::to_string(kKeyNameBytesMax) +
                  ", Member must have length greater than or equal to 1]");
}

void check_projection(const std::optional<ProjectionRequest>& projection, const std::string& path,
                      ConstraintErrors* errors) {
  errors->require(projection.has_value(), path);
  if (!projection) return;
  errors->one_of(projection->type, path + ".projectionType", {"ALL", "INCLUDE", "KEYS_ONLY"});
  if (!projection->non_key_attributes) return;
  check_non_key_attributes(*projection->non_key_attributes, path + ".nonKeyAttributes", errors);
}

void check_index_name(const IndexRequest& index, const std::string& path,
                      ConstraintErrors* errors) {
  errors->require(index.name.has_value(), path);
  errors->name_pattern(index.name, path);
  errors->length(index.name, path, kTableNameBytesMin, kTableNameBytesMax);
}

// `path` ends with a dot.
void check_index(const IndexRequest& index, const std::string& path, std::size_t keys_max,
                 ConstraintErrors* errors) {
  check_projection(index.projection, path + "projection", errors);
  check_index_name(index, path + "indexName", errors);
  check_provisioned_throughput(index.throughput, path + "provisionedThroughput", errors);
  check_key_schema(index.key_schema, path + "keySchema", keys_max, errors);
}

std::string element_path(std::string_view list, std::size_t position) {
  return std::string(list) + "." + std::to_string(position + 1) + ".member.";
}

void check_list(const std::optional<std::vector<IndexRequest>>& indexes, std::string_view list,
                std::size_t keys_max, ConstraintErrors* errors) {
  if (!indexes) return;
  for (std::size_t i = 0; i < indexes->size(); ++i) {
    check_index((*indexes)[i], element_path(list, i), keys_max, errors);
  }
}

void check_index_update(const IndexUpdateRequest& request, const std::string& path,
                        ConstraintErrors* errors) {
  if (request.update) {
    check_index_name(*request.update, path + "update.indexName", errors);
    check_provisioned_throughput(request.update->throughput, path + "update.provisionedThroughput",
                                 errors);
  }
  if (request.create) check_index(*request.create, path + "create.", kUnbounded, errors);
  if (request.remove) check_index_name(*request.remove, path + "delete.indexName", errors);
}

}  // namespace

void check_indexes(const TableRequest& request, ConstraintErrors* errors) {
  check_list(request.local_indexes, "localSecondaryIndexes", kKeySchemaElementsMax, errors);
  check_list(request.global_indexes, "globalSecondaryIndexes", kUnbounded, errors);
}

void check_index_updates(const TableRequest& request, ConstraintErrors* errors) {
  if (!request.index_updates) return;
  for (std::size_t i = 0; i < request.index_updates->size(); ++i) {
    check_index_update((*request.index_updates)[i], element_path("globalSecondaryIndexUpdates", i),
                       errors);
  }
}

}  // namespace stator
