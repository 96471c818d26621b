#include "api/keys.h"

#include "base/limits.h"

namespace stator {
namespace {

constexpr std::string_view kInvalid = "One or more parameter values were invalid: ";

Error empty_key(std::string_view name, AttributeType type) {
  return validation_error(
      "One or more parameter values are not valid. The AttributeValue for a key attribute cannot "
      "contain an empty " +
      std::string(empty_word(type)) + " value. Key: " + std::string(name));
}

Error mismatch() {
  return validation_error("The provided key element does not match the schema");
}

Result<void> check_in_item(const KeyAttribute& attribute, const MapView& item) {
  const auto value = item.find(attribute.name);
  if (!value) {
    return validation_error(std::string(kInvalid) + "Missing the key " + attribute.name +
                            " in the item");
  }
  if (value->type() != attribute.type) {
    return validation_error(std::string(kInvalid) + "Type mismatch for key " + attribute.name +
                            " expected: " + std::string(type_name(attribute.type)) +
                            " actual: " + std::string(type_name(value->type())));
  }
  return {};
}

bool fits(const KeyAttribute& attribute, const MapView& key) {
  const auto value = key.find(attribute.name);
  return value && value->type() == attribute.type;
}

// Each key attribute, and whether it belongs to the partition key.
template <typename Check>
Result<void> check_each(const KeySchema& schema, const Check& check) {
  for (const KeyAttribute& attribute : schema.partition) TRY(check(attribute, true));
  for (const KeyAttribute& attribute : schema.sort) TRY(check(attribute, false));
  return {};
}

}  // namespace

std::string_view empty_word(AttributeType type) {
  return type == AttributeType::B ? "binary" : "string";
}

Error empty_index_key(std::string_view index, const KeyAttribute& attribute) {
  return validation_error(
      "One or more parameter values are not valid. A value specified for a secondary index key "
      "is not supported. The AttributeValue for a key attribute cannot contain an empty " +
      std::string(empty_word(attribute.type)) + " value. IndexName: " + std::string(index) +
      ", IndexKey: " + attribute.name);
}

Result<void> check_key_value(const KeyAttribute& attribute, bool is_partition_key,
                             ValueView value) {
  if (attribute.type == AttributeType::N) return {};
  const std::size_t bytes = value.text().size();
  if (bytes == 0) return empty_key(attribute.name, attribute.type);
  if (is_partition_key && bytes > kPartitionKeyBytesMax) {
    return validation_error(std::string(kInvalid) +
                            "Size of hashkey has exceeded the maximum size limit of2048 bytes");
  }
  if (!is_partition_key && bytes > kSortKeyBytesMax) {
    return validation_error(
        std::string(kInvalid) +
        "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
  }
  return {};
}

Result<void> check_key_values(const KeySchema& schema, const MapView& item) {
  return check_each(schema, [&](const KeyAttribute& attribute, bool is_partition_key) {
    return check_key_value(attribute, is_partition_key, *item.find(attribute.name));
  });
}

Result<void> check_key_in_item(const KeySchema& schema, const MapView& item) {
  TRY(check_each(
      schema, [&](const KeyAttribute& attribute, bool) { return check_in_item(attribute, item); }));
  return check_key_values(schema, item);
}

Result<void> check_key_shape(const KeySchema& schema, const MapView& key) {
  if (key.count() != schema.size()) return mismatch();
  return check_each(schema, [&](const KeyAttribute& attribute, bool) -> Result<void> {
    if (!fits(attribute, key)) return mismatch();
    return {};
  });
}

Result<void> check_key(const KeySchema& schema, const MapView& key) {
  TRY(check_key_shape(schema, key));
  return check_key_values(schema, key);
}

bool is_key_attribute(const TableDefinition& table, const IndexDefinition* index,
                      std::string_view name) {
  return table.key.is_key(name) || (index != nullptr && index->key.is_key(name));
}

ItemView append_key_of(const TableDefinition& table, const IndexDefinition* index,
                       const MapView& item, std::string* out) {
  ItemWriter key(out);
  for (MapView::Cursor c(item); c.next();) {
    if (is_key_attribute(table, index, c.name())) key.add_entry(c.entry());
  }
  return key.finish();
}

}  // namespace stator
