#include "api/operations.h"

#include <algorithm>
#include <array>

namespace stator {
namespace {

constexpr std::array<Operation, 18> kOperations = {{
    {"BatchGetItem", batch_get_item, DataOperation::batch_get_item},
    {"BatchWriteItem", batch_write_item, DataOperation::batch_write_item},
    {"CreateTable", create_table},
    {"DeleteItem", delete_item, DataOperation::delete_item},
    {"DeleteTable", delete_table},
    {"DescribeContributorInsights", describe_contributor_insights},
    {"DescribeEndpoints", describe_endpoints},
    {"DescribeLimits", describe_limits},
    {"DescribeTable", describe_table},
    {"GetItem", get_item, DataOperation::get_item},
    {"ListContributorInsights", list_contributor_insights},
    {"ListTables", list_tables},
    {"PutItem", put_item, DataOperation::put_item},
    {"Query", query, DataOperation::query},
    {"Scan", scan, DataOperation::scan},
    {"UpdateContributorInsights", update_contributor_insights},
    {"UpdateItem", update_item, DataOperation::update_item},
    {"UpdateTable", update_table},
}};

constexpr std::string_view kTargetStart = "DynamoDB_20120810.";

}  // namespace

const Operation* find_operation(std::string_view target) {
  if (target.starts_with(kTargetStart)) target.remove_prefix(kTargetStart.size());
  const auto found =
      std::lower_bound(kOperations.begin(), kOperations.end(), target,
                       [](const Operation& row, std::string_view name) { return row.name < name; });
  return found != kOperations.end() && found->name == target ? &*found : nullptr;
}

}  // namespace stator
