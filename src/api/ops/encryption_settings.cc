#include "api/ops/encryption_settings.h"

#include "api/ops/table_settings.h"
#include "base/region.h"
#include "model/table.h"

namespace stator {
namespace {

// The key alias/aws/dynamodb, which AWS makes where an account has none.
constexpr std::string_view kAwsManagedKey = "00000000-0000-0000-0000-000000000000";

std::string key_arn(std::string_view key, std::string_view region) {
  if (key.starts_with("arn:")) return std::string(key);
  std::string arn = "arn:";
  arn.append(arn_partition(region)).append(":kms:").append(region).append(":");
  arn.append(kAccount).append(":");
  if (!key.starts_with("alias/")) arn += "key/";
  return arn.append(key);
}

}  // namespace

Result<void> check_encryption(const TableRequest& request) {
  if (!request.has_sse_specification) return {};
  if (!request.sse_enabled) {
    if (!request.sse_type && !request.kms_key) return {};
    return invalid_parameter("SSEType and KMSMasterKeyId must be empty if SSE is disabled");
  }
  if (request.sse_type == "AES256") {
    return invalid_parameter("SSEType AES256 is not supported");
  }
  return {};
}

std::optional<std::string> requested_key(const TableRequest& request, std::string_view region) {
  if (!request.sse_enabled) return std::nullopt;
  return key_arn(request.kms_key.value_or(kAwsManagedKey), region);
}

Result<void> apply_encryption(TableChange* change) {
  if (!change->request.has_sse_specification) return {};
  std::optional<std::string>& key = change->after.kms_key;
  key = requested_key(change->request, change->context.call.caller.region);
  if (key != change->before.kms_key) {
    change->after.encryption_until = updated_at(*change);
    return {};
  }
  return invalid_parameter(key ? "Table is already encrypted by given KMSMasterKey"
                               : "Table is already encrypted by default");
}

}  // namespace stator
