#include "api/ops/key_settings.h"

#include <algorithm>
#include <set>
#include <string>

#include "api/ops/hash_order.h"
#include "api/ops/table_settings.h"

namespace stator {
namespace {

// AWS keeps definitions in a map that it makes for them, and keys in a set.
enum class Kept { in_map, in_set };

std::string joined_names(const std::vector<TextPair>& elements, Kept kept) {
  std::vector<std::string_view> names;
  for (const TextPair& element : elements) names.push_back(*element.name);
  sort_by_hash(kept == Kept::in_map ? buckets_of_map(names.size()) : buckets_of_set(names.size()),
               &names);
  std::string text = "[";
  for (const std::string_view name : names) {
    if (text.size() > 1) text += ", ";
    text += name;
  }
  return text + "]";
}

Result<void> check_keys_differ(const std::vector<TextPair>& keys) {
  std::set<std::string_view> names;
  for (const TextPair& key : keys) {
    if (names.insert(*key.name).second) continue;
    return validation_error(
        "Both the Hash Key and the Range Key element in the KeySchema have the same name");
  }
  return {};
}

Result<void> check_first_is_hash(const std::vector<TextPair>& keys) {
  if (keys[0].value == "HASH") return {};
  return validation_error("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
}

// A partition key and at most one sort key.
Result<void> check_key_types(const std::vector<TextPair>& keys) {
  TRY(check_keys_differ(keys));
  TRY(check_first_is_hash(keys));
  if (keys.size() == 2 && keys[1].value != "RANGE") {
    return validation_error(
        "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
  }
  return {};
}

Result<void> check_count(const std::vector<TextPair>& keys, std::string_view type) {
  const auto count = static_cast<std::size_t>(std::count_if(
      keys.begin(), keys.end(), [&](const TextPair& key) { return key.value == type; }));
  if (count <= kKeyAttributesMax) return {};
  return invalid_parameter("The KeySchema exceeds the maximum allowed number of " +
                           std::string(type) + " key attributes");
}

// Up to four of each kind.
Result<void> check_global_key_types(const std::vector<TextPair>& keys) {
  TRY(check_keys_differ(keys));
  TRY(check_first_is_hash(keys));
  const bool hashes_lead = std::is_partitioned(
      keys.begin(), keys.end(), [](const TextPair& key) { return key.value == "HASH"; });
  if (!hashes_lead) {
    return invalid_parameter(
        "All HASH key attributes must precede RANGE key attributes in the KeySchema");
  }
  TRY(check_count(keys, "HASH"));
  return check_count(keys, "RANGE");
}

// Calls `use(keys)` for each index of a CreateTable.
template <typename Use>
Result<void> for_each_index_key(const TableRequest& request, const Use& use) {
  for (const auto* indexes : {&request.local_indexes, &request.global_indexes}) {
    if (!*indexes) continue;
    for (const IndexRequest& index : **indexes) TRY(use(*index.key_schema));
  }
  return {};
}

Result<void> check_all_are_used(const TableRequest& request) {
  const std::vector<TextPair>& definitions = *request.attribute_definitions;
  if (!request.local_indexes && !request.global_indexes) {
    if (request.key_schema->size() == definitions.size()) return {};
    return invalid_parameter(
        "Number of attributes in KeySchema does not exactly match number of attributes defined in "
        "AttributeDefinitions");
  }
  std::vector<TextPair> used;
  std::set<std::string_view> names;
  const auto use = [&](const std::vector<TextPair>& keys) -> Result<void> {
    for (const TextPair& key : keys) {
      if (names.insert(*key.name).second) used.push_back(key);
    }
    return {};
  };
  TRY(use(*request.key_schema));
  TRY(for_each_index_key(request, use));
  if (used.size() == definitions.size()) return {};
  return invalid_parameter("Some AttributeDefinitions are not used. AttributeDefinitions: " +
                           joined_names(definitions, Kept::in_map) +
                           ", keys used: " + joined_names(used, Kept::in_set));
}

}  // namespace

AttributeTypes::AttributeTypes(const std::vector<TextPair>& definitions,
                               const TableDefinition* table, TimePoint now)
    : definitions_(definitions) {
  for (const TextPair& definition : definitions) defined_.emplace(*definition.name, &definition);
  if (table == nullptr) return;
  const auto add = [this](const KeySchema& key) {
    known_.insert(known_.end(), key.partition.begin(), key.partition.end());
    known_.insert(known_.end(), key.sort.begin(), key.sort.end());
  };
  add(table->key);
  for (const IndexDefinition& index : table->indexes) {
    if (index.status_at(now)) add(index.key);
  }
}

Result<void> AttributeTypes::check_are_defined(const std::vector<TextPair>& keys) const {
  if (keys.size() > definitions_.size()) {
    return validation_error("Invalid KeySchema: Some index key attribute have no definition");
  }
  for (const TextPair& key : keys) {
    if (defined_.contains(*key.name)) continue;
    return invalid_parameter(
        "Some index key attributes are not defined in AttributeDefinitions. Keys: " +
        joined_names(keys, Kept::in_set) +
        ", AttributeDefinitions: " + joined_names(definitions_, Kept::in_map));
  }
  return {};
}

KeyAttribute AttributeTypes::attribute(std::string_view name) const {
  const auto known = std::find_if(known_.begin(), known_.end(),
                                  [&](const KeyAttribute& key) { return key.name == name; });
  if (known != known_.end()) return *known;
  const std::optional<std::string_view>& type = defined_.at(name)->value;
  return {.name = std::string(name),
          .type = type == "S"   ? AttributeType::S
                  : type == "N" ? AttributeType::N
                                : AttributeType::B};
}

Result<void> check_definitions_differ(const std::vector<TextPair>& definitions) {
  std::set<std::string_view> names;
  for (const TextPair& definition : definitions) {
    if (names.insert(*definition.name).second) continue;
    return validation_error("Attribute Name is duplicated: " + std::string(*definition.name));
  }
  return {};
}

Result<KeySchema> plan_key_schema(const TableRequest& request) {
  const std::vector<TextPair>& keys = *request.key_schema;
  const AttributeTypes types(*request.attribute_definitions);
  TRY(check_definitions_differ(*request.attribute_definitions));
  TRY(types.check_are_defined(keys));
  TRY(check_key_types(keys));
  TRY(for_each_index_key(request, [&](const std::vector<TextPair>& index_keys) {
    return types.check_are_defined(index_keys);
  }));
  TRY(check_all_are_used(request));
  return key_of(keys, types);
}

Result<KeySchema> plan_local_key(const std::vector<TextPair>& keys, const AttributeTypes& types) {
  TRY(check_key_types(keys));
  return key_of(keys, types);
}

Result<void> check_global_key(const std::vector<TextPair>& keys, const AttributeTypes& types) {
  TRY(types.check_are_defined(keys));
  return check_global_key_types(keys);
}

KeySchema key_of(const std::vector<TextPair>& keys, const AttributeTypes& types) {
  KeySchema schema;
  for (const TextPair& key : keys) {
    (key.value == "HASH" ? schema.partition : schema.sort).push_back(types.attribute(*key.name));
  }
  return schema;
}

}  // namespace stator
