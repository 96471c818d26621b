#include "api/ops/policy_operation.h"

#include <chrono>

#include "api/ops/resource_operation.h"
#include "api/ops/table_settings.h"
#include "base/limits.h"
#include "streams/json_text.h"
#include "streams/stream.h"

namespace stator {
namespace {

// A revision is the time in milliseconds, and later than the one before.
std::string next_revision(const std::optional<ResourcePolicy>& before, TimePoint now) {
  const auto milliseconds =
      std::chrono::floor<std::chrono::milliseconds>(now.time_since_epoch()).count();
  const std::string revision = std::to_string(milliseconds);
  if (!before || before->revision < revision) return revision;
  return std::to_string(std::stoll(before->revision) + 1);
}

bool has_stream(const TableDefinition& table, const StreamArnView& arn, const Context& context) {
  if (!table.stream || stream_label(table.stream->created) != arn.label) return false;
  StreamStore& streams = *context.engine.streams;
  return streams.snapshot()->find(table.space, arn, context.now, streams.times()) != nullptr;
}

// Whether a document is JSON that has a statement; what a statement says is not looked at.
bool is_policy(std::string_view document) {
  JsonText json(document);
  if (json.kind() != JsonTextKind::object) return false;
  bool has_statement = false;
  for (JsonText::Members member(&json); member.next();) {
    has_statement = has_statement || member.name() == "Statement";
    json.skip();
  }
  return json.finish() && has_statement;
}

}  // namespace

Result<PolicyOwner> find_policy_owner(FindResource find, const Catalog& catalog,
                                      std::string_view arn, const Context& context) {
  const std::optional<StreamArnView> stream = parse_stream_arn(arn);
  if (!stream) return PolicyOwner{.table = TRY(find(catalog, arn, context))};
  const std::string_view table_arn = arn.substr(0, arn.rfind("/stream/"));
  const Result<const Table*> table = find(catalog, table_arn, context);
  if (!table || !has_stream((*table)->definition, *stream, context)) return resource_not_found(arn);
  return PolicyOwner{.table = *table, .is_stream = true};
}

Error policy_not_found(std::string_view arn) {
  return Error(ErrorCode::policy_not_found,
               "Resource-based policy not found for the provided ResourceArn: " + std::string(arn));
}

Result<void> check_revision(const ResourceRequest& request,
                            const std::optional<ResourcePolicy>& policy) {
  if (!request.expected_revision) return {};
  const std::string_view revision = policy ? std::string_view(policy->revision) : kNoPolicy;
  if (*request.expected_revision == revision) return {};
  return policy_not_found(*request.resource_arn);
}

Result<ResourcePolicy> plan_policy(std::string_view document,
                                   const std::optional<ResourcePolicy>& before, TimePoint now) {
  if (document.size() > kPolicyBytesMax) {
    return validation_error("Resource-based policy document exceeds the maximum size of " +
                            std::to_string(kPolicyBytesMax) + " bytes");
  }
  if (!is_policy(document)) return invalid_parameter("Invalid policy document");
  if (before && before->document == document) return *before;
  return ResourcePolicy{.document = std::string(document), .revision = next_revision(before, now)};
}

void write_revision(std::string_view revision, JsonWriter* json) {
  json->begin_object();
  json->member("RevisionId", revision);
  json->end_object();
}

}  // namespace stator
