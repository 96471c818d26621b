// A table's definition as the catalog keeps it: an item (model/item.h) with a fixed set of names.
//
// A name keeps its meaning for ever; a reader skips names that it does not know and takes the
// default for names that it does not find, so that definitions can grow.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/table.h"

namespace stator {

// Appends the definition.
void append_definition(const TableDefinition& definition, std::string* out);

//   errors  internal: damaged, or not a definition
Result<TableDefinition> decode_definition(std::string_view bytes);

}  // namespace stator
