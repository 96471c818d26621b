#include "api/position_json.h"

#include <array>
#include <charconv>
#include <string>

#include "base/base64.h"
#include "model/number.h"
#include "storage/row_key.h"

namespace stator {
namespace {

void write_value(AttributeType type, std::string_view value, JsonWriter* json) {
  std::string text;
  if (type == AttributeType::N) append_number_text(value, &text);
  if (type == AttributeType::B) append_base64(value, &text);
  json->begin_object();
  json->member(type_name(type), type == AttributeType::S ? value : std::string_view(text));
  json->end_object();
}

// Whether there was one.
bool write_attribute(const KeyAttribute& attribute, std::string_view* parts, JsonWriter* json) {
  if (parts->empty()) return false;
  const auto value = take_key_part(attribute.type, parts);
  if (!value) return false;
  json->member_of_data(attribute.name);
  write_value(attribute.type, *value, json);
  return true;
}

}  // namespace

void write_position_key(std::string_view position, const KeySchema& key, JsonWriter* json) {
  std::string_view parts = position.substr(kPositionHashBytes);
  json->begin_object();
  for (const auto* attributes : {&key.partition, &key.sort}) {
    for (const KeyAttribute& attribute : *attributes) {
      if (!write_attribute(attribute, &parts, json)) return json->end_object();
    }
  }
  json->end_object();
}

void write_hash(std::uint64_t hash, JsonWriter* json) {
  constexpr std::size_t kDigits = 16;
  std::array<char, kDigits> digits;
  const char* const end = std::to_chars(digits.data(), digits.data() + kDigits, hash, 16).ptr;
  const auto count = static_cast<std::size_t>(end - digits.data());
  json->string(std::string(kDigits - count, '0').append(digits.data(), count));
}

}  // namespace stator
