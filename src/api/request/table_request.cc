#include "api/request/table_request.h"

#include <span>

#include "api/unsupported.h"

namespace stator {
namespace {

Result<void> read_stream_specification(JsonValue* json, TableRequest* request) {
  request->has_stream_specification = true;
  JsonMembers members = TRY(structure_of(json, "StreamSpecification", Place::member));
  return read_structure(&members, [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name == "StreamEnabled") return assign(value->boolean(), &request->stream_enabled);
    if (name == "StreamViewType") return assign(value->string(), &request->stream_view_type);
    return value->skip();
  });
}

Result<void> read_sse_specification(JsonValue* json, TableRequest* request) {
  request->has_sse_specification = true;
  JsonMembers members = TRY(structure_of(json, "SSESpecification", Place::member));
  return read_structure(&members, [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name == "SSEType") return assign(value->string(), &request->sse_type);
    if (name == "KMSMasterKeyId") return assign(value->string(), &request->kms_key);
    if (name != "Enabled") return value->skip();
    request->sse_enabled = TRY(value->boolean());
    return {};
  });
}

// ---- The members of a request ----

// Reads the value of the member `name`, which is not null.
using ReadMember = Result<void> (*)(std::string_view name, JsonValue* json, TableRequest* request);

struct TableMember {
  std::string_view name;
  ReadMember read;
};

Result<void> note_unsupported(std::string_view name, JsonValue* json, TableRequest* request) {
  if (request->unsupported.empty()) request->unsupported = name;
  return json->skip();
}

Result<void> note_unsupported_list(std::string_view name, JsonValue* json, TableRequest* request) {
  if (request->unsupported.empty()) request->unsupported = name;
  JsonElements elements = TRY(elements_of(json));
  while (TRY(elements.next())) TRY(elements.value().skip());
  return {};
}

constexpr TableMember kReplicaUpdates = {
    "ReplicaUpdates", [](std::string_view name, JsonValue* json, TableRequest* request) {
      request->has_replica_updates = true;
      return note_unsupported_list(name, json, request);
    }};

constexpr TableMember kTableName = {"TableName",
                                    [](std::string_view, JsonValue* json, TableRequest* request) {
                                      return assign(json->string(), &request->table_name);
                                    }};

constexpr TableMember kAttributeDefinitions = {
    "AttributeDefinitions", [](std::string_view, JsonValue* json, TableRequest* request) {
      constexpr PairNames kNames = {"AttributeDefinition", "AttributeName", "AttributeType"};
      return assign(read_text_pairs(json, kNames), &request->attribute_definitions);
    }};

constexpr TableMember kKeySchema = {"KeySchema",
                                    [](std::string_view, JsonValue* json, TableRequest* request) {
                                      return assign(read_key_schema(json), &request->key_schema);
                                    }};

constexpr TableMember kTags = {
    "Tags", [](std::string_view, JsonValue* json, TableRequest* request) {
      return assign(read_text_pairs(json, {"Tag", "Key", "Value"}), &request->tags);
    }};

constexpr TableMember kBillingMode = {"BillingMode",
                                      [](std::string_view, JsonValue* json, TableRequest* request) {
                                        return assign(json->string(), &request->billing_mode);
                                      }};

constexpr TableMember kThroughputMode = {
    "TableThroughputMode", [](std::string_view, JsonValue* json, TableRequest* request) {
      return assign(json->string(), &request->throughput_mode);
    }};

constexpr TableMember kResourcePolicy = {
    "ResourcePolicy", [](std::string_view, JsonValue* json, TableRequest* request) {
      return assign(json->string(), &request->policy);
    }};

constexpr TableMember kTableClass = {"TableClass",
                                     [](std::string_view, JsonValue* json, TableRequest* request) {
                                       return assign(json->string(), &request->table_class);
                                     }};

constexpr TableMember kDeletionProtection = {
    "DeletionProtectionEnabled", [](std::string_view, JsonValue* json, TableRequest* request) {
      return assign(json->boolean(), &request->deletion_protection);
    }};

constexpr TableMember kLocalIndexes = {
    "LocalSecondaryIndexes", [](std::string_view, JsonValue* json, TableRequest* request) {
      return assign(read_local_indexes(json), &request->local_indexes);
    }};

constexpr TableMember kGlobalIndexes = {
    "GlobalSecondaryIndexes", [](std::string_view, JsonValue* json, TableRequest* request) {
      return assign(read_global_indexes(json), &request->global_indexes);
    }};

constexpr TableMember kIndexUpdates = {
    "GlobalSecondaryIndexUpdates", [](std::string_view, JsonValue* json, TableRequest* request) {
      return assign(read_index_updates(json), &request->index_updates);
    }};

constexpr TableMember kProvisionedThroughput = {
    "ProvisionedThroughput", [](std::string_view, JsonValue* json, TableRequest* request) {
      return assign(read_provisioned_throughput(json), &request->throughput.provisioned);
    }};

constexpr TableMember kOnDemandThroughput = {
    "OnDemandThroughput", [](std::string_view, JsonValue* json, TableRequest* request) {
      return assign(read_on_demand_throughput(json), &request->throughput.on_demand);
    }};

constexpr TableMember kWarmThroughput = {
    "WarmThroughput", [](std::string_view, JsonValue* json, TableRequest* request) {
      return assign(read_warm_throughput(json), &request->throughput.warm);
    }};

constexpr TableMember kStreamSpecification = {
    "StreamSpecification", [](std::string_view, JsonValue* json, TableRequest* request) {
      return read_stream_specification(json, request);
    }};

constexpr TableMember kSseSpecification = {
    "SSESpecification", [](std::string_view, JsonValue* json, TableRequest* request) {
      return read_sse_specification(json, request);
    }};

constexpr TableMember kCreateTable[] = {
    kTableName,
    kAttributeDefinitions,
    kKeySchema,
    kLocalIndexes,
    kGlobalIndexes,
    kBillingMode,
    kThroughputMode,
    kProvisionedThroughput,
    kOnDemandThroughput,
    kWarmThroughput,
    kTableClass,
    kDeletionProtection,
    kTags,
    kStreamSpecification,
    kSseSpecification,
    {"VectorIndexes", note_unsupported_list},
    kResourcePolicy,
    {"GlobalTableSourceArn", note_unsupported},
    {"GlobalTableSettingsReplicationMode", note_unsupported},
};

// TableCreationParameters of ImportTable.
constexpr TableMember kImportedTable[] = {
    kTableName,          kAttributeDefinitions, kKeySchema,
    kGlobalIndexes,      kBillingMode,          kProvisionedThroughput,
    kOnDemandThroughput, kSseSpecification,     {"VectorIndexes", note_unsupported_list},
};

constexpr TableMember kUpdateTable[] = {
    kTableName,
    kAttributeDefinitions,
    kIndexUpdates,
    kBillingMode,
    kThroughputMode,
    kProvisionedThroughput,
    kOnDemandThroughput,
    kWarmThroughput,
    kTableClass,
    kDeletionProtection,
    kStreamSpecification,
    kSseSpecification,
    {"VectorIndexUpdates", note_unsupported_list},
    kReplicaUpdates,
    {"GlobalTableWitnessUpdates", note_unsupported_list},
    {"MultiRegionConsistency", note_unsupported},
    {"GlobalTableSettingsReplicationMode", note_unsupported},
};

Result<void> read_table(JsonMembers* members, std::span<const TableMember> known,
                        TableRequest* request) {
  return read_structure(members, [&](std::string_view name, JsonValue* value) -> Result<void> {
    for (const TableMember& member : known) {
      if (member.name == name) return member.read(member.name, value, request);
    }
    return value->skip();
  });
}

Result<TableRequest> read_request(std::string_view json, std::span<const TableMember> known,
                                  JsonReader* reader) {
  TableRequest request;
  JsonMembers members = TRY(reader->open(json));
  TRY(read_table(&members, known, &request));
  TRY(reader->finish());
  if (!request.billing_mode) request.billing_mode = request.throughput_mode;
  return request;
}

}  // namespace

Result<TableRequest> read_create_table_request(std::string_view json, JsonReader* reader) {
  return read_request(json, kCreateTable, reader);
}

Result<TableRequest> read_import_table_request(std::string_view json, JsonReader* reader) {
  TableRequest request;
  JsonMembers members = TRY(reader->open(json));
  TRY(read_structure(&members, [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name != "TableCreationParameters") return value->skip();
    JsonMembers table = TRY(structure_of(value, name, Place::member));
    return read_table(&table, kImportedTable, &request);
  }));
  TRY(reader->finish());
  return request;
}

Result<TableRequest> read_update_table_request(std::string_view json, JsonReader* reader) {
  return read_request(json, kUpdateTable, reader);
}

Result<TableRequest> read_table_name_request(std::string_view json, JsonReader* reader) {
  return read_request(json, {&kTableName, 1}, reader);
}

Result<ListTablesRequest> read_list_tables_request(std::string_view json, JsonReader* reader) {
  ListTablesRequest request;
  JsonMembers members = TRY(reader->open(json));
  const auto read = [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name == "Limit") return assign(value->integer(), &request.limit);
    if (name != "ExclusiveStartTableName") return value->skip();
    return assign(value->string(), &request.exclusive_start_table_name);
  };
  TRY(read_structure(&members, read));
  TRY(reader->finish());
  return request;
}

Result<void> read_empty_request(std::string_view json, JsonReader* reader) {
  const TableRequest nothing = TRY(read_request(json, {}, reader));
  static_cast<void>(nothing);
  return {};
}

Result<void> check_supported(const TableRequest& request) {
  if (request.unsupported.empty()) return {};
  return not_supported(request.unsupported);
}

}  // namespace stator
