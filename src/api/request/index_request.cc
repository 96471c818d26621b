#include "api/request/index_request.h"

namespace stator {
namespace {

Result<ProjectionRequest> read_projection(JsonValue* json) {
  ProjectionRequest projection;
  JsonMembers members = TRY(structure_of(json, "Projection", Place::member));
  const auto read = [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name == "ProjectionType") return assign(value->string(), &projection.type);
    if (name == "NonKeyAttributes")
      return assign(read_texts(value), &projection.non_key_attributes);
    return value->skip();
  };
  TRY(read_structure(&members, read));
  return projection;
}

// Reads the value of a member other than IndexName; skips one that the shape does not have.
using ReadIndexMember = Result<void> (*)(std::string_view name, JsonValue* value,
                                         IndexRequest* index);

Result<void> skip_member(std::string_view, JsonValue* value, IndexRequest*) {
  return value->skip();
}

Result<void> read_throughput_member(std::string_view name, JsonValue* value, IndexRequest* index) {
  ThroughputRequest& throughput = index->throughput;
  if (name == "ProvisionedThroughput") {
    return assign(read_provisioned_throughput(value), &throughput.provisioned);
  }
  if (name == "OnDemandThroughput") {
    return assign(read_on_demand_throughput(value), &throughput.on_demand);
  }
  if (name == "WarmThroughput") return assign(read_warm_throughput(value), &throughput.warm);
  return value->skip();
}

Result<void> read_local_member(std::string_view name, JsonValue* value, IndexRequest* index) {
  if (name == "KeySchema") return assign(read_key_schema(value), &index->key_schema);
  if (name == "Projection") return assign(read_projection(value), &index->projection);
  return value->skip();
}

Result<void> read_global_member(std::string_view name, JsonValue* value, IndexRequest* index) {
  const bool is_local = name == "KeySchema" || name == "Projection";
  return is_local ? read_local_member(name, value, index)
                  : read_throughput_member(name, value, index);
}

Result<IndexRequest> read_index(JsonMembers* members, ReadIndexMember read_member) {
  IndexRequest index;
  const auto read = [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name == "IndexName") return assign(value->string(), &index.name);
    return read_member(name, value, &index);
  };
  TRY(read_structure(members, read));
  return index;
}

Result<std::vector<IndexRequest>> read_indexes(JsonValue* json, std::string_view shape,
                                               ReadIndexMember read_member) {
  return read_structures<IndexRequest>(
      json, shape, [&](JsonMembers* members) { return read_index(members, read_member); });
}

Result<IndexRequest> read_action(JsonValue* json, std::string_view shape,
                                 ReadIndexMember read_member) {
  JsonMembers members = TRY(structure_of(json, shape, Place::member));
  return read_index(&members, read_member);
}

Result<IndexUpdateRequest> read_index_update(JsonMembers* members) {
  IndexUpdateRequest update;
  const auto read = [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name == "Create") {
      return assign(read_action(value, "CreateGlobalSecondaryIndexAction", read_global_member),
                    &update.create);
    }
    if (name == "Update") {
      return assign(read_action(value, "UpdateGlobalSecondaryIndexAction", read_throughput_member),
                    &update.update);
    }
    if (name == "Delete") {
      return assign(read_action(value, "DeleteGlobalSecondaryIndexAction", skip_member),
                    &update.remove);
    }
    return value->skip();
  };
  TRY(read_structure(members, read));
  return update;
}

}  // namespace

Result<std::vector<IndexRequest>> read_local_indexes(JsonValue* json) {
  return read_indexes(json, "LocalSecondaryIndex", read_local_member);
}

Result<std::vector<IndexRequest>> read_global_indexes(JsonValue* json) {
  return read_indexes(json, "GlobalSecondaryIndex", read_global_member);
}

Result<std::vector<IndexUpdateRequest>> read_index_updates(JsonValue* json) {
  return read_structures<IndexUpdateRequest>(json, "GlobalSecondaryIndexUpdate", read_index_update);
}

}  // namespace stator
