#include "api/request/resource_request.h"

namespace stator {

Result<ResourceRequest> read_resource_request(std::string_view json, JsonReader* reader) {
  ResourceRequest request;
  JsonMembers members = TRY(reader->open(json));
  const auto read = [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name == "ResourceArn") return assign(value->string(), &request.resource_arn);
    if (name == "Tags") {
      return assign(read_text_pairs(value, {"Tag", "Key", "Value"}), &request.tags);
    }
    if (name == "TagKeys") return assign(read_texts(value), &request.tag_keys);
    if (name == "NextToken") return assign(value->string(), &request.next_token);
    if (name == "Policy") return assign(value->string(), &request.policy);
    if (name == "ExpectedRevisionId") return assign(value->string(), &request.expected_revision);
    if (name == "ConfirmRemoveSelfResourceAccess") {
      TRY(value->boolean());  // there is no access that anybody could lose
      return {};
    }
    return value->skip();
  };
  TRY(read_structure(&members, read));
  TRY(reader->finish());
  return request;
}

}  // namespace stator
