// The shapes that control-plane requests are made of, and what AWS says of something else in their
// place.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "api/json_reader.h"
#include "base/result.h"

namespace stator {

// An element of AttributeDefinitions, KeySchema or Tags: two texts, either of which may be absent.
struct TextPair {
  std::optional<std::string_view> name;   // AttributeName, Key
  std::optional<std::string_view> value;  // AttributeType, KeyType, Value
};

// ProvisionedThroughput, OnDemandThroughput or WarmThroughput.
struct UnitPair {
  std::optional<std::int64_t> read;
  std::optional<std::int64_t> write;

  bool empty() const { return !read && !write; }
};

// What a request says of the throughput of a table or an index.
struct ThroughputRequest {
  std::optional<UnitPair> provisioned;
  std::optional<UnitPair> on_demand;  // AWS takes {} for absent
  std::optional<UnitPair> warm;       // AWS takes {} for absent

  bool asks_for_warmth() const { return warm && !warm->empty(); }
};

// A structure of two members, as AWS names all three.
struct PairNames {
  std::string_view shape;
  std::string_view first;
  std::string_view second;
};

// Where a structure stands: AWS words a scalar in its place in two ways.
enum class Place { member, element };

// Each reads one value.
//   errors  serialization
Result<std::int64_t> read_long(JsonValue* value);  // AWS names the type of an integer's 64 bits
Result<JsonElements> elements_of(JsonValue* value);
Result<JsonMembers> structure_of(JsonValue* value, std::string_view shape, Place place);
Result<std::vector<TextPair>> read_text_pairs(JsonValue* json, const PairNames& names);
Result<std::vector<TextPair>> read_key_schema(JsonValue* json);
Result<std::vector<std::string_view>> read_texts(JsonValue* json);
Result<UnitPair> read_provisioned_throughput(JsonValue* json);
Result<UnitPair> read_on_demand_throughput(JsonValue* json);
Result<UnitPair> read_warm_throughput(JsonValue* json);

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

// Reads a list of structures; an element that is null has no members.
//   read_element(members)  the structure, a Result
template <typename Structure, typename ReadElement>
Result<std::vector<Structure>> read_structures(JsonValue* json, std::string_view shape,
                                               const ReadElement& read_element) {
  std::vector<Structure> structures;
  JsonElements elements = TRY(elements_of(json));
  while (TRY(elements.next())) {
    const JsonKind kind = TRY(elements.value().kind());
    if (kind == JsonKind::null) {
      TRY(elements.value().skip());
      structures.emplace_back();
      continue;
    }
    JsonMembers members = TRY(structure_of(&elements.value(), shape, Place::element));
    structures.push_back(TRY(read_element(&members)));
  }
  return structures;
}

template <typename T>
Result<void> assign(Result<T> value, std::optional<T>* slot) {
  *slot = TRY(std::move(value));
  return {};
}

}  // namespace stator
