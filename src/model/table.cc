#include "model/table.h"

#include <functional>

#include "base/region.h"

namespace stator {

bool IndexDefinition::projects(const KeySchema& table_key, std::string_view attribute) const {
  if (projection.type == ProjectionType::all) return true;
  if (table_key.is_key(attribute) || key.is_key(attribute)) return true;
  return std::binary_search(projection.attributes.begin(), projection.attributes.end(), attribute,
                            std::less<>());
}

const IndexDefinition* TableDefinition::find_index(std::string_view index, TimePoint now) const {
  const auto found = std::find_if(indexes.begin(), indexes.end(), [&](const IndexDefinition& each) {
    return each.name == index && each.status_at(now);
  });
  return found == indexes.end() ? nullptr : &*found;
}

std::string table_arn(std::string_view region, std::string_view name) {
  std::string arn = "arn:";
  arn.append(arn_partition(region))
      .append(":dynamodb:")
      .append(region)
      .append(":")
      .append(kAccount)
      .append(":table/")
      .append(name);
  return arn;
}

}  // namespace stator
