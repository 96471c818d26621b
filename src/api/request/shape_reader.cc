#include "api/request/shape_reader.h"

#include <string>

namespace stator {
namespace {

constexpr std::string_view kShapePrefix =
    "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.";

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

}  // namespace

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

Result<JsonElements> elements_of(JsonValue* value) {
  const JsonKind kind = TRY(value->kind());
  if (kind == JsonKind::array) return JsonElements::of(value);
  return type_error(kind == JsonKind::object ? "Start of structure or map found where not expected"
                                             : "Unexpected field type");
}

Result<JsonMembers> structure_of(JsonValue* value, std::string_view shape, Place place) {
  const JsonKind kind = TRY(value->kind());
  if (kind == JsonKind::object) return JsonMembers::of(value);
  if (kind == JsonKind::array) return type_error(std::string(kShapePrefix) + std::string(shape));
  return type_error(place == Place::member ? "Unexpected field type"
                                           : "Unexpected value type in payload");
}

Result<std::vector<TextPair>> read_text_pairs(JsonValue* json, const PairNames& names) {
  return read_structures<TextPair>(
      json, names.shape, [&](JsonMembers* members) -> Result<TextPair> {
        TextPair pair;
        const auto read = [&](std::string_view name, JsonValue* value) -> Result<void> {
          if (name == names.first) return assign(value->string(), &pair.name);
          if (name == names.second) return assign(value->string(), &pair.value);
          return value->skip();
        };
        TRY(read_structure(members, read));
        return pair;
      });
}

Result<std::vector<TextPair>> read_key_schema(JsonValue* json) {
  return read_text_pairs(json, {"KeySchemaElement", "AttributeName", "KeyType"});
}

Result<std::vector<std::string_view>> read_texts(JsonValue* json) {
  std::vector<std::string_view> texts;
  JsonElements elements = TRY(elements_of(json));
  while (TRY(elements.next())) {
    const std::string_view text = TRY(elements.value().string());
    texts.push_back(text);
  }
  return texts;
}

Result<UnitPair> read_provisioned_throughput(JsonValue* json) {
  return read_units(json, {"ProvisionedThroughput", "ReadCapacityUnits", "WriteCapacityUnits"});
}

Result<UnitPair> read_on_demand_throughput(JsonValue* json) {
  return read_units(json, {"OnDemandThroughput", "MaxReadRequestUnits", "MaxWriteRequestUnits"});
}

Result<UnitPair> read_warm_throughput(JsonValue* json) {
  return read_units(json, {"WarmThroughput", "ReadUnitsPerSecond", "WriteUnitsPerSecond"});
}

}  // namespace stator
