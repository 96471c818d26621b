#include "api/request/table_request.h"

#include <span>
#include <string>

namespace stator {
namespace {

constexpr std::string_view kShapePrefix =
    "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.";

// ---- Shapes, and what AWS says of something else in their place ----

Result<JsonElements> elements_of(JsonValue* value) {
  const JsonKind kind = TRY(value->kind());
  if (kind == JsonKind::array) return JsonElements::of(value);
  return type_error(kind == JsonKind::object ? "Start of structure or map found where not expected"
                                             : "Unexpected field type");
}

// Where a structure stands: AWS words a scalar in its place in two ways.
enum class Place { member, element };

Result<JsonMembers> structure_of(JsonValue* value, std::string_view shape, Place place) {
  const JsonKind kind = TRY(value->kind());
  if (kind == JsonKind::object) return JsonMembers::of(value);
  if (kind == JsonKind::array) return type_error(std::string(kShapePrefix) + std::string(shape));
  return type_error(place == Place::member ? "Unexpected field type"
                                           : "Unexpected value type in payload");
}

Result<std::int64_t> read_long(JsonValue* value) {
  const JsonKind kind = TRY(value->kind());
  if (kind == JsonKind::string) return type_error("STRING_VALUE cannot be converted to Long");
  if (kind == JsonKind::array)
    return type_error("Unrecognized collection type class java.lang.Long");
  if (kind != JsonKind::boolean) return value->integer();
  const bool truth = TRY(value->boolean());
  return type_error(truth ? "TRUE_VALUE cannot be converted to Long"
                          : "FALSE_VALUE cannot be converted to Long");
}

// Reads a structure member by member; `read(name, value)` gets those that are not null and skips
// those that it does not know.
template <typename Read>
Result<void> read_structure(JsonMembers* members, const Read& read) {
  while (TRY(members->next())) {
    const std::string_view name = members->key();
    JsonValue& value = members->value();
    const JsonKind kind = TRY(value.kind());
    if (kind == JsonKind::null) {
      TRY(value.skip());
    } else {
      TRY(read(name, &value));
    }
  }
  return {};
}

// ---- The structures ----

template <typename T>
Result<void> assign(Result<T> value, std::optional<T>* slot) {
  *slot = TRY(std::move(value));
  return {};
}

struct PairNames {
  std::string_view shape;
  std::string_view first;
  std::string_view second;
};

Result<UnitPair> read_units(JsonValue* json, const PairNames& names) {
  UnitPair units;
  JsonMembers members = TRY(structure_of(json, names.shape, Place::member));
  const auto read = [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name == names.first) return assign(read_long(value), &units.read);
    if (name == names.second) return assign(read_long(value), &units.write);
    return value->skip();
  };
  TRY(read_structure(&members, read));
  return units;
}

Result<TextPair> read_text_pair(JsonValue* json, const PairNames& names) {
  TextPair pair;
  const JsonKind kind = TRY(json->kind());
  if (kind == JsonKind::null) {
    TRY(json->skip());
    return pair;
  }
  JsonMembers members = TRY(structure_of(json, names.shape, Place::element));
  const auto read = [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name == names.first) return assign(value->string(), &pair.name);
    if (name == names.second) return assign(value->string(), &pair.value);
    return value->skip();
  };
  TRY(read_structure(&members, read));
  return pair;
}

Result<std::vector<TextPair>> read_text_pairs(JsonValue* json, const PairNames& names) {
  std::vector<TextPair> pairs;
  JsonElements elements = TRY(elements_of(json));
  while (TRY(elements.next())) {
    const TextPair pair = TRY(read_text_pair(&elements.value(), names));
    pairs.push_back(pair);
  }
  return pairs;
}

Result<void> read_stream_specification(JsonValue* json, TableRequest* request) {
  request->has_stream_specification = true;
  JsonMembers members = TRY(structure_of(json, "StreamSpecification", Place::member));
  return read_structure(&members, [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name != "StreamEnabled") return value->skip();
    request->stream_enabled = TRY(value->boolean());
    return {};
  });
}

Result<void> read_sse_specification(JsonValue* json, TableRequest* request) {
  request->has_sse_specification = true;
  JsonMembers members = TRY(structure_of(json, "SSESpecification", Place::member));
  return read_structure(&members, [&](std::string_view name, JsonValue* value) -> Result<void> {
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

constexpr TableMember kTableName = {"TableName",
                                    [](std::string_view, JsonValue* json, TableRequest* request) {
                                      return assign(json->string(), &request->table_name);
                                    }};

constexpr TableMember kAttributeDefinitions = {
    "AttributeDefinitions", [](std::string_view, JsonValue* json, TableRequest* request) {
      constexpr PairNames kNames = {"AttributeDefinition", "AttributeName", "AttributeType"};
      return assign(read_text_pairs(json, kNames), &request->attribute_definitions);
    }};

constexpr TableMember kKeySchema = {
    "KeySchema", [](std::string_view, JsonValue* json, TableRequest* request) {
      constexpr PairNames kNames = {"KeySchemaElement", "AttributeName", "KeyType"};
      return assign(read_text_pairs(json, kNames), &request->key_schema);
    }};

constexpr TableMember kTags = {
    "Tags", [](std::string_view, JsonValue* json, TableRequest* request) {
      return assign(read_text_pairs(json, {"Tag", "Key", "Value"}), &request->tags);
    }};

constexpr TableMember kBillingMode = {"BillingMode",
                                      [](std::string_view, JsonValue* json, TableRequest* request) {
                                        return assign(json->string(), &request->billing_mode);
                                      }};

constexpr TableMember kTableClass = {"TableClass",
                                     [](std::string_view, JsonValue* json, TableRequest* request) {
                                       return assign(json->string(), &request->table_class);
                                     }};

constexpr TableMember kDeletionProtection = {
    "DeletionProtectionEnabled", [](std::string_view, JsonValue* json, TableRequest* request) {
      return assign(json->boolean(), &request->deletion_protection);
    }};

constexpr TableMember kProvisionedThroughput = {
    "ProvisionedThroughput", [](std::string_view name, JsonValue* json, TableRequest* request) {
      return assign(read_units(json, {name, "ReadCapacityUnits", "WriteCapacityUnits"}),
                    &request->provisioned_throughput);
    }};

constexpr TableMember kOnDemandThroughput = {
    "OnDemandThroughput", [](std::string_view name, JsonValue* json, TableRequest* request) {
      return assign(read_units(json, {name, "MaxReadRequestUnits", "MaxWriteRequestUnits"}),
                    &request->on_demand_throughput);
    }};

constexpr TableMember kWarmThroughput = {
    "WarmThroughput", [](std::string_view name, JsonValue* json, TableRequest* request) {
      return assign(read_units(json, {name, "ReadUnitsPerSecond", "WriteUnitsPerSecond"}),
                    &request->warm_throughput);
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
    kBillingMode,
    kProvisionedThroughput,
    kOnDemandThroughput,
    kWarmThroughput,
    kTableClass,
    kDeletionProtection,
    kTags,
    kStreamSpecification,
    kSseSpecification,
    {"LocalSecondaryIndexes", note_unsupported_list},
    {"GlobalSecondaryIndexes", note_unsupported_list},
    {"VectorIndexes", note_unsupported_list},
    {"ResourcePolicy", note_unsupported},
    {"GlobalTableSourceArn", note_unsupported},
    {"GlobalTableSettingsReplicationMode", note_unsupported},
};

constexpr TableMember kUpdateTable[] = {
    kTableName,
    kAttributeDefinitions,
    kBillingMode,
    kProvisionedThroughput,
    kOnDemandThroughput,
    kWarmThroughput,
    kTableClass,
    kDeletionProtection,
    kStreamSpecification,
    kSseSpecification,
    {"GlobalSecondaryIndexUpdates", note_unsupported_list},
    {"VectorIndexUpdates", note_unsupported_list},
    {"ReplicaUpdates", note_unsupported_list},
    {"GlobalTableWitnessUpdates", note_unsupported_list},
    {"MultiRegionConsistency", note_unsupported},
    {"GlobalTableSettingsReplicationMode", note_unsupported},
};

Result<TableRequest> read_request(std::string_view json, std::span<const TableMember> known,
                                  JsonReader* reader) {
  TableRequest request;
  JsonMembers members = TRY(reader->open(json));
  const auto read = [&](std::string_view name, JsonValue* value) -> Result<void> {
    for (const TableMember& member : known) {
      if (member.name == name) return member.read(member.name, value, &request);
    }
    return value->skip();
  };
  TRY(read_structure(&members, read));
  TRY(reader->finish());
  return request;
}

}  // namespace

Result<TableRequest> read_create_table_request(std::string_view json, JsonReader* reader) {
  return read_request(json, kCreateTable, reader);
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

}  // namespace stator
