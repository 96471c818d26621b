// The constraints of shapes that stand in several places of control-plane requests.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/constraint_errors.h"
#include "api/request/shape_reader.h"

namespace stator {

// AWS: KeySchema of a table or a local index is a partition key and at most one sort key.
inline constexpr std::size_t kKeySchemaElementsMax = 2;

struct PairRules {
  std::string_view path;   // of the list: "keySchema"
  std::string_view value;  // "keyType"
  std::initializer_list<std::string_view> allowed;
};

// The elements of AttributeDefinitions or KeySchema.
void check_pairs(const std::vector<TextPair>& pairs, const PairRules& rules,
                 ConstraintErrors* errors);

void check_key_schema(const std::optional<std::vector<TextPair>>& keys, const std::string& path,
                      std::size_t elements_max, ConstraintErrors* errors);

void check_provisioned_throughput(const ThroughputRequest& request, const std::string& path,
                                  ConstraintErrors* errors);

}  // namespace stator
