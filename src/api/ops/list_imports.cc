#include "api/operations.h"
#include "api/ops/empty_list.h"
#include "api/request/table_rules.h"

namespace stator {

// Nothing was ever imported.
Result<void> list_imports(const Context& context, JsonWriter* json) {
  return answer_with_empty_list(context, kListImportsRules, "ImportSummaryList", json);
}

}  // namespace stator
