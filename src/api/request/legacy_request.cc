#include "api/request/legacy_request.h"

#include <unordered_map>
#include <utility>

#include "api/request/shape_reader.h"
#include "model/attribute_name.h"

namespace stator {
namespace {

constexpr std::string_view kModel = "com.amazonaws.dynamodb.v20120810.";

// A map from names to structures, or AWS's error of something else in its place.
Result<JsonMembers> entries_of(JsonValue* value, std::string_view shape) {
  const JsonKind kind = TRY(value->kind());
  if (kind == JsonKind::object) return JsonMembers::of(value);
  if (kind != JsonKind::array) return type_error("Unexpected field type");
  return type_error("Unrecognized collection type java.util.Map<java.lang.String, " +
                    std::string(kModel) + std::string(shape) + ">");
}

// Reads {"attribute": {..}, ..}; an entry that is null is none.
//   read(members, entry)  the structure, a Result
template <typename Entry, typename Read>
Result<void> read_entries(JsonValue* value, std::string_view shape, std::vector<Entry>* entries,
                          const Read& read) {
  std::unordered_map<std::string_view, std::size_t> places;
  entries->clear();
  JsonMembers members = TRY(entries_of(value, shape));
  while (TRY(members.next())) {
    Entry entry;
    entry.attribute = members.key();
    JsonValue& json = members.value();
    if (TRY(json.kind()) == JsonKind::null) {
      TRY(json.skip());
      continue;
    }
    JsonMembers structure = TRY(structure_of(&json, shape, Place::element));
    TRY(read(&structure, &entry));
    const std::string_view fault = attribute_name_fault(entry.attribute);
    if (!fault.empty()) entry.value_error = validation_error(std::string(fault));
    const auto [place, is_new] = places.emplace(entry.attribute, entries->size());
    if (is_new) {
      entries->push_back(std::move(entry));
    } else {
      (*entries)[place->second] = std::move(entry);
    }
  }
  return {};
}

Result<ValueView> read_value(JsonValue* json, ValueTexts texts, LegacyParameters* parameters,
                             std::optional<Error>* error) {
  AttributeReader reader(texts);
  std::string& bytes = parameters->value_bytes.emplace_back();
  TRY(reader.read_value(json, &bytes));
  std::optional<Error> wrong = reader.take_error();
  if (wrong && !*error) *error = *std::move(wrong);
  return ValueView(bytes);
}

// A value that is a member of its own: no scalar stands in its place.
Result<ValueView> read_value_member(JsonValue* json, ValueTexts texts, LegacyParameters* parameters,
                                    std::optional<Error>* error) {
  const JsonKind kind = TRY(json->kind());
  if (kind != JsonKind::object && kind != JsonKind::array) {
    return type_error("Unexpected field type");
  }
  return read_value(json, texts, parameters, error);
}

class ConditionReader {
 public:
  ConditionReader(ConditionShape shape, ValueTexts texts, LegacyParameters* parameters)
      : shape_(shape), texts_(texts), parameters_(*parameters) {}

  Result<void> read(JsonMembers* members, LegacyCondition* condition) {
    TRY(read_structure(members, [&](std::string_view name, JsonValue* value) -> Result<void> {
      if (name == "ComparisonOperator") return assign(value->string(), &condition->comparison);
      if (name == "AttributeValueList") return read_list(value, condition);
      if (shape_ == ConditionShape::condition) return value->skip();
      if (name == "Exists") return assign(value->boolean(), &condition->exists);
      if (name == "Value") return read_one(value, condition);
      return value->skip();
    }));
    return {};
  }

 private:
  Result<void> read_one(JsonValue* json, LegacyCondition* condition) {
    condition->has_value = true;
    const ValueView value =
        TRY(read_value_member(json, texts_, &parameters_, &condition->value_error));
    condition->values.push_back(value);
    return {};
  }

  Result<void> read_list(JsonValue* json, LegacyCondition* condition) {
    condition->has_list = true;
    JsonElements elements = TRY(elements_of(json));
    while (TRY(elements.next())) {
      const ValueView value =
          TRY(read_value(&elements.value(), texts_, &parameters_, &condition->value_error));
      condition->values.push_back(value);
    }
    return {};
  }

  const ConditionShape shape_;
  const ValueTexts texts_;
  LegacyParameters& parameters_;
};

}  // namespace

Result<void> read_attributes_to_get(JsonValue* value, LegacyParameters* parameters) {
  parameters->attributes_to_get = TRY(read_texts(value));
  return {};
}

Result<void> read_attribute_updates(JsonValue* value, ValueTexts texts,
                                    LegacyParameters* parameters) {
  return read_entries(
      value, "AttributeValueUpdate", &parameters->attribute_updates,
      [&](JsonMembers* members, LegacyUpdate* update) {
        return read_structure(members, [&](std::string_view name, JsonValue* json) -> Result<void> {
          if (name == "Action") return assign(json->string(), &update->action);
          if (name != "Value") return json->skip();
          return assign(read_value_member(json, texts, parameters, &update->value_error),
                        &update->value);
        });
      });
}

Result<void> read_conditions(JsonValue* value, ConditionShape shape, ValueTexts texts,
                             std::vector<LegacyCondition>* conditions,
                             LegacyParameters* parameters) {
  ConditionReader reader(shape, texts, parameters);
  const std::string_view name =
      shape == ConditionShape::expected ? "ExpectedAttributeValue" : "Condition";
  return read_entries(value, name, conditions,
                      [&](JsonMembers* members, LegacyCondition* condition) {
                        return reader.read(members, condition);
                      });
}

}  // namespace stator
