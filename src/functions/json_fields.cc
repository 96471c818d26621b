#include "functions/json_fields.h"

#include <array>
#include <charconv>

namespace stator {

Error wrong_json_type(JsonTextKind found, std::string_view wanted) {
  constexpr std::array<std::string_view, 6> kNames = {"Start of structure or map",
                                                      "Start of list",
                                                      "STRING_VALUE",
                                                      "NUMBER_VALUE",
                                                      "BOOLEAN_VALUE",
                                                      "NULL_VALUE"};
  if (found == JsonTextKind::none) {
    return Error(ErrorCode::serialization, "Could not parse request body into json");
  }
  std::string text(kNames[static_cast<std::size_t>(found)]);
  if (found == JsonTextKind::object || found == JsonTextKind::array) {
    return Error(ErrorCode::serialization, text + " found where not expected.");
  }
  return Error(ErrorCode::serialization, text + " can not be converted to " + std::string(wanted));
}

Result<void> expect_json_object(JsonText* json) {
  const JsonTextKind kind = json->kind();
  if (kind != JsonTextKind::object) return wrong_json_type(kind, "a structure");
  return {};
}

Result<std::string> read_json_string(JsonText* json) {
  const JsonTextKind kind = json->kind();
  if (kind != JsonTextKind::string) return wrong_json_type(kind, "a String");
  std::string text = json->string();
  if (!json->ok()) return wrong_json_type(JsonTextKind::none, "");
  return text;
}

// A fraction is cut off, as AWS does.
Result<std::int64_t> read_json_integer(JsonText* json) {
  const JsonTextKind kind = json->kind();
  if (kind != JsonTextKind::number) return wrong_json_type(kind, "an Integer");
  const std::string_view text = json->number();
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  constexpr double kIntegerMax = 2147483647;
  if (error != std::errc() || value > kIntegerMax || value < -kIntegerMax - 1) {
    return wrong_json_type(kind, "an Integer");
  }
  return static_cast<std::int64_t>(value);
}

Result<bool> read_json_boolean(JsonText* json) {
  const JsonTextKind kind = json->kind();
  if (kind != JsonTextKind::boolean) return wrong_json_type(kind, "a Boolean");
  return json->boolean();
}

Result<std::vector<std::string>> read_json_strings(JsonText* json) {
  const JsonTextKind kind = json->kind();
  if (kind != JsonTextKind::array) return wrong_json_type(kind, "a List");
  std::vector<std::string> texts;
  for (JsonText::Elements element(json); element.next();) {
    texts.push_back(TRY(read_json_string(json)));
  }
  return texts;
}

Result<std::map<std::string, std::string>> read_json_string_map(JsonText* json) {
  const JsonTextKind kind = json->kind();
  if (kind != JsonTextKind::object) return wrong_json_type(kind, "a Map");
  std::map<std::string, std::string> texts;
  for (JsonText::Members member(json); member.next();) {
    texts[member.name()] = TRY(read_json_string(json));
  }
  return texts;
}

}  // namespace stator
