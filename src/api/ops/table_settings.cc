#include "api/ops/table_settings.h"

#include <algorithm>
#include <set>

#include "base/limits.h"

namespace stator {
namespace {

std::string joined_names(const std::vector<TextPair>& elements) {
  std::string text = "[";
  for (const TextPair& element : elements) {
    if (text.size() > 1) text += ", ";
    text += *element.name;
  }
  return text + "]";
}

const TextPair* find_definition(const std::vector<TextPair>& definitions, std::string_view name) {
  const auto found = std::find_if(definitions.begin(), definitions.end(),
                                  [&](const TextPair& pair) { return pair.name == name; });
  return found == definitions.end() ? nullptr : &*found;
}

Result<void> check_definitions_differ(const std::vector<TextPair>& definitions) {
  std::set<std::string_view> names;
  for (const TextPair& definition : definitions) {
    if (names.insert(*definition.name).second) continue;
    return validation_error("Attribute Name is duplicated: " + std::string(*definition.name));
  }
  return {};
}

Result<void> check_keys_are_defined(const std::vector<TextPair>& keys,
                                    const std::vector<TextPair>& definitions) {
  if (keys.size() > definitions.size()) {
    return validation_error("Invalid KeySchema: Some index key attribute have no definition");
  }
  for (const TextPair& key : keys) {
    if (find_definition(definitions, *key.name) != nullptr) continue;
    return invalid_parameter(
        "Some index key attributes are not defined in AttributeDefinitions. Keys: " +
        joined_names(keys) + ", AttributeDefinitions: " + joined_names(definitions));
  }
  return {};
}

Result<void> check_key_types(const std::vector<TextPair>& keys) {
  if (keys.size() == 2 && keys[0].name == keys[1].name) {
    return validation_error(
        "Both the Hash Key and the Range Key element in the KeySchema have the same name");
  }
  if (keys[0].value != "HASH") {
    return validation_error("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
  }
  if (keys.size() == 2 && keys[1].value != "RANGE") {
    return validation_error(
        "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
  }
  return {};
}

KeyAttribute key_attribute(std::string_view name, const std::vector<TextPair>& definitions) {
  const std::string_view type = *find_definition(definitions, name)->value;
  return {.name = std::string(name),
          .type = type == "S"   ? AttributeType::S
                  : type == "N" ? AttributeType::N
                                : AttributeType::B};
}

// Characters as AWS counts them: all but the continuation bytes of UTF-8.
std::size_t length_of(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

Error tag_error(std::string_view text, const std::optional<std::string_view>& value) {
  return validation_error(std::string(text) + std::string(value.value_or("null")));
}

Result<void> check_tag(const TextPair& tag) {
  if (!tag.name || tag.name->empty() || length_of(*tag.name) > kTagKeyLengthMax) {
    return tag_error("The Tag Key provided is invalid, Key: ", tag.name);
  }
  if (!tag.value || length_of(*tag.value) > kTagValueLengthMax) {
    return tag_error("The Tag Value provided is invalid, Value: ", tag.value);
  }
  if (tag.name->starts_with("aws:")) {
    return tag_error("Tag Key cannot be prefixed with aws:, Key: ", tag.name);
  }
  return {};
}

}  // namespace

Error invalid_parameter(std::string_view text) {
  return validation_error("One or more parameter values were invalid: " + std::string(text));
}

Result<KeySchema> plan_key_schema(const TableRequest& request) {
  const std::vector<TextPair>& keys = *request.key_schema;
  const std::vector<TextPair>& definitions = *request.attribute_definitions;
  TRY(check_definitions_differ(definitions));
  TRY(check_keys_are_defined(keys, definitions));
  TRY(check_key_types(keys));
  if (keys.size() != definitions.size()) {
    return invalid_parameter(
        "Number of attributes in KeySchema does not exactly match number of attributes defined in "
        "AttributeDefinitions");
  }
  KeySchema schema;
  schema.partition.push_back(key_attribute(*keys[0].name, definitions));
  if (keys.size() == 2) schema.sort.push_back(key_attribute(*keys[1].name, definitions));
  return schema;
}

std::optional<BillingMode> requested_billing(const TableRequest& request) {
  if (!request.billing_mode) return std::nullopt;
  return *request.billing_mode == "PAY_PER_REQUEST" ? BillingMode::pay_per_request
                                                    : BillingMode::provisioned;
}

Result<std::optional<TableClass>> plan_table_class(const TableRequest& request) {
  std::optional<TableClass> table_class;
  if (!request.table_class) return table_class;
  if (*request.table_class == "STANDARD") {
    table_class = TableClass::standard;
  } else if (*request.table_class == "STANDARD_INFREQUENT_ACCESS") {
    table_class = TableClass::infrequent_access;
  } else {
    return validation_error(
        "Invalid table-class parameter provided. Please try again with a valid table-class value: "
        "[STANDARD, STANDARD_INFREQUENT_ACCESS].");
  }
  return table_class;
}

Result<std::vector<Tag>> plan_tags(const TableRequest& request) {
  std::vector<Tag> tags;
  if (!request.tags) return tags;
  std::set<std::string_view> keys;
  for (const TextPair& tag : *request.tags) {
    TRY(check_tag(tag));
    if (!keys.insert(*tag.name).second) {
      return tag_error("Duplicate Tag Keys provided as input: Duplicate Tag Key found ", tag.name);
    }
    tags.push_back({.key = std::string(*tag.name), .value = std::string(*tag.value)});
  }
  if (tags.size() > kTagsMax) {
    return validation_error("Number of Tags exceed the current limit for the provided ResourceArn");
  }
  return tags;
}

}  // namespace stator
