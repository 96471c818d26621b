// The tables that there are, and their keys.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "shell/dynamo.h"

namespace stator {

// In order.
//   errors  validation: an exception's name and text; internal: there was no answer
Result<std::vector<std::string>> table_names(const Dynamo& dynamo);

struct NamedKey {
  std::string attribute;
  std::string type;  // "S", "N" or "B"
};

// The keys of a table, or of one of its indexes.
struct KeysOfTable {
  std::string index = {};  // empty: of the table
  std::vector<NamedKey> keys = {};
};

// The table itself, and behind it its indexes.
//   errors  as table_names()
Result<std::vector<KeysOfTable>> keys_of_table(const Dynamo& dynamo, std::string_view table);

// The name behind FROM, INTO or UPDATE; empty where there is none.
std::string table_in(std::string_view statement);

}  // namespace stator
