#include "api/keys.h"

#include "base/limits.h"
#include "storage/row_key.h"

namespace stator {
namespace {

constexpr std::string_view kInvalid = "One or more parameter values were invalid: ";

Error empty_key(std::string_view name, AttributeType type) {
  return validation_error(
      "One or more parameter values are not valid. The AttributeValue for a key attribute cannot "
      "contain an empty " +
      std::string(type == AttributeType::B ? "binary" : "string") +
      " value. Key: " + std::string(name));
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

Result<void> check_values(const KeySchema& schema, const MapView& item) {
  TRY(check_key_value(schema.partition, true, *item.find(schema.partition.name)));
  if (schema.sort) TRY(check_key_value(*schema.sort, false, *item.find(schema.sort->name)));
  return {};
}

}  // namespace

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

Result<void> check_key_in_item(const KeySchema& schema, const MapView& item) {
  TRY(check_in_item(schema.partition, item));
  if (schema.sort) TRY(check_in_item(*schema.sort, item));
  return check_values(schema, item);
}

Result<void> check_key_shape(const KeySchema& schema, const MapView& key) {
  const std::uint32_t count = schema.sort ? 2 : 1;
  if (key.count() != count || !fits(schema.partition, key)) return mismatch();
  if (schema.sort && !fits(*schema.sort, key)) return mismatch();
  return {};
}

Result<void> check_key(const KeySchema& schema, const MapView& key) {
  TRY(check_key_shape(schema, key));
  return check_values(schema, key);
}

void append_row_key(const TableDefinition& table, const MapView& key, std::string* out) {
  append_partition(table.keyspace, *key.find(table.key.partition.name), out);
  if (table.key.sort) append_key_part(*key.find(table.key.sort->name), out);
}

ItemView append_key_of(const KeySchema& schema, const MapView& item, std::string* out) {
  ItemWriter key(out);
  for (MapView::Cursor c(item); c.next();) {
    if (schema.is_key(c.name())) key.add_entry(c.entry());
  }
  return key.finish();
}

}  // namespace stator
