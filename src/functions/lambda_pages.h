// Pages of the lists of Lambda's API: MaxItems and Marker.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace stator {

// Which elements of a list are asked for. A value.
struct ListPage {
  std::size_t first = 0;
  std::size_t count = 0;

  bool holds(std::size_t index) const { return index >= first && index - first < count; }
  // Whether elements follow it in a list of that size.
  bool has_next(std::size_t size) const { return first + count < size; }
  std::string next_marker() const { return std::to_string(first + count); }
};

//   most    elements of one page
//   errors  validation: MaxItems is no number of 1 to 10,000; invalid_parameter_value: no marker of
//           ours
Result<ListPage> parse_list_page(std::string_view query, std::size_t most);

}  // namespace stator
