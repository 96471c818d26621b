// From KeySchema and AttributeDefinitions to the keys of a table and its indexes.
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "api/request/table_request.h"
#include "base/result.h"
#include "model/table.h"

namespace stator {

// What is known of attributes: the definitions of a request, under those of a table.
class AttributeTypes {
 public:
  //   definitions  outlive it
  //   table        the types of what is in one of its keys at `now` stand; null: a new table
  explicit AttributeTypes(const std::vector<TextPair>& definitions,
                          const TableDefinition* table = nullptr, TimePoint now = {});

  // Those keys must all be defined, in the request itself.
  //   errors  validation
  Result<void> check_are_defined(const std::vector<TextPair>& keys) const;

  // The attribute of a key that is defined.
  KeyAttribute attribute(std::string_view name) const;

 private:
  const std::vector<TextPair>& definitions_;
  std::map<std::string_view, const TextPair*> defined_;  // by name; of several the first
  std::vector<KeyAttribute> known_;
};

// No attribute is defined twice.
//   errors  validation
Result<void> check_definitions_differ(const std::vector<TextPair>& definitions);

// The primary key of a new table.
//   errors  validation: KeySchema and AttributeDefinitions do not fit each other; the definitions
//           are not exactly those of all keys in the request, those of its indexes included
Result<KeySchema> plan_key_schema(const TableRequest& request);

// The key of a local index, as far as it is no matter of the table's own.
//   errors  validation
Result<KeySchema> plan_local_key(const std::vector<TextPair>& keys, const AttributeTypes& types);

//   errors  validation: no key of a global index
Result<void> check_global_key(const std::vector<TextPair>& keys, const AttributeTypes& types);

// A key that was checked.
KeySchema key_of(const std::vector<TextPair>& keys, const AttributeTypes& types);

}  // namespace stator
