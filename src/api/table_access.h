// From the TableName of a request to a table.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/engine.h"
#include "base/result.h"
#include "storage/catalog.h"

namespace stator {

// A table as a request names it. Refers to the request's text.
struct NamedTable {
  std::string_view name;
  bool is_elsewhere = false;  // by an ARN of another account, where no table is
};

// The table that `name_or_arn` names.
//   errors  validation: an ARN of something else, or of another region
Result<NamedTable> parse_table_name(std::string_view name_or_arn, std::string_view region);

// The caller's table of that name, in whatever status; null where there is none.
const Table* find_named(const Catalog& catalog, const NamedTable& named, const Context& context);

// A table of one catalog snapshot, which it keeps alive. A value.
struct TableAccess {
  CatalogSnapshot catalog;
  const Table* table = nullptr;
  std::string_view name;  // as the request wrote it: a name or an ARN

  const TableDefinition& definition() const { return table->definition; }
};

// The table for a data-plane operation, which the request's notes get.
//   errors  resource_not_found: no such table, or it is being created or deleted
Result<TableAccess> find_table(const Context& context, std::string_view name_or_arn);

// Notes the table, if there is such, for a request that fails before its operation finds it.
void note_table(const Context& context, std::string_view name_or_arn);

// The namespace that a caller's tables live in; empty where one serves all.
inline std::string_view space_of(const Caller& caller) {
  return caller.space;
}

// That of a caller who is isolated: "KEY/REGION".
std::string isolated_space(const Caller& caller);

// A table as requests about stator itself name it: "Orders", or "KEY/REGION/Orders" of an isolated
// caller. Names have no slash. Refers to the text.
struct QualifiedName {
  std::string_view space;
  std::string_view name;
};
QualifiedName parse_qualified_name(std::string_view text);
std::string qualified_name(std::string_view space, std::string_view name);

}  // namespace stator
