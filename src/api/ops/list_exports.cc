#include "api/operations.h"
#include "api/ops/empty_list.h"
#include "api/request/table_rules.h"

namespace stator {

// Nothing was ever exported.
Result<void> list_exports(const Context& context, JsonWriter* json) {
  return answer_with_empty_list(context, kListExportsRules, "ExportSummaries", json);
}

}  // namespace stator
