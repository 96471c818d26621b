// What the operations of continuous backups share.
#pragma once

#include "api/engine.h"
#include "api/json_writer.h"
#include "api/table_access.h"
#include "base/result.h"
#include "storage/catalog.h"

namespace stator {

// The table, unless it is still being created: there are no backups of it yet.
//   told_as  how an error calls the table
//   errors   table_not_found: "Table not found: t"
Result<const Table*> find_backed_up_table(const Catalog& catalog, const NamedTable& named,
                                          std::string_view told_as, const Context& context);
inline Result<const Table*> find_backed_up_table(const Catalog& catalog, const NamedTable& named,
                                                 const Context& context) {
  return find_backed_up_table(catalog, named, named.name, context);
}

// {"ContinuousBackupsDescription": {..}}
void write_continuous_backups(const TableDefinition& table, TimePoint now, JsonWriter* json);

}  // namespace stator
