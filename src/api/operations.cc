#include "api/operations.h"

#include <algorithm>
#include <array>

namespace stator {
namespace {

constexpr std::array<Operation, 15> kOperations = {{
    {"BatchGetItem", batch_get_item},
    {"BatchWriteItem", batch_write_item},
    {"CreateTable", create_table},
    {"DeleteItem", delete_item},
    {"DeleteTable", delete_table},
    {"DescribeEndpoints", describe_endpoints},
    {"DescribeLimits", describe_limits},
    {"DescribeTable", describe_table},
    {"GetItem", get_item},
    {"ListTables", list_tables},
    {"PutItem", put_item},
    {"Query", query},
    {"Scan", scan},
    {"UpdateItem", update_item},
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
