// The tables and items that any request names, read without its operation: what faults look at.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/json_reader.h"

namespace stator {

// An item, or a table where the request names no item. In the order of the request.
struct FaultTarget {
  std::string table;       // its name, also where the request has an ARN
  std::string item;        // the bytes of its Key or Item (model/item.h); empty: none
  bool is_select = false;  // of a statement
};

// The table's name in a name or an ARN, also in that of its stream.
std::string table_name_in(std::string_view name_or_arn);

// Nothing of what cannot be read: its operation will say so.
std::vector<FaultTarget> read_fault_targets(std::string_view json, JsonReader* reader);

}  // namespace stator
