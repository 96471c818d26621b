// Row keys as a person reads them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/table.h"

namespace stator {

// The attributes whose values follow each other in the row keys of a table.
std::vector<KeyAttribute> row_key_attributes(const TableDefinition& table);

// One line, such as `pk="a" sk=12`; long values are cut short.
//   row_key  any bytes; shown as they are, `row 0x0000..`, where they are no key of the attributes
std::string row_key_text(std::string_view row_key, const std::vector<KeyAttribute>& attributes);

// The same of a row of an index: its keys, then the table's.
std::string index_row_key_text(std::string_view row_key, const TableDefinition& table,
                               const IndexDefinition& index);

}  // namespace stator
