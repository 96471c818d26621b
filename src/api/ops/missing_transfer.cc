// The operations on an export or import that is there: none ever is.
#include <string>

#include "api/operations.h"
#include "api/ops/recoverable_table.h"
#include "api/request/constraint_check.h"
#include "api/request/transfer_request.h"
#include "api/request/transfer_rules.h"

namespace stator {

Result<void> describe_export(const Context& context, JsonWriter*) {
  const TransferRequest request = TRY(read_transfer_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kDescribeExportRules, context));
  TRY(check_arn(*request.export_arn, "exportArn"));
  return Error(ErrorCode::export_not_found,
               "Export not found: " + std::string(*request.export_arn));
}

Result<void> describe_import(const Context& context, JsonWriter*) {
  const TransferRequest request = TRY(read_transfer_request(context.json, &context.scratch.reader));
  TRY(check_constraints(kDescribeImportRules, context));
  TRY(check_arn(*request.import_arn, "importArn"));
  return Error(ErrorCode::import_not_found,
               "Import not found: " + std::string(*request.import_arn));
}

}  // namespace stator
