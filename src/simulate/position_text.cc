#include "simulate/position_text.h"

#include "model/partition_map.h"
#include "storage/key_text.h"
#include "storage/row_key.h"

namespace stator {
namespace {

// How many of the attributes the position has; that of a whole collection has no sort key.
std::size_t parts_in(std::string_view position, const std::vector<KeyAttribute>& attributes) {
  std::string_view parts = position.substr(kPositionHashBytes);
  std::size_t count = 0;
  while (!parts.empty() && count < attributes.size() &&
         take_key_part(attributes[count].type, &parts)) {
    ++count;
  }
  return count;
}

}  // namespace

std::string position_text(std::string_view position, const std::vector<KeyAttribute>& attributes) {
  std::string row_key = keyspace_start(0);
  row_key.append(position);
  const auto end = attributes.begin() + static_cast<std::ptrdiff_t>(parts_in(position, attributes));
  return row_key_text(row_key, {attributes.begin(), end});
}

}  // namespace stator
