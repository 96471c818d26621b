#include "client/answer_reader.h"

#include <fmt/format.h>

namespace stator {

std::string quoted(std::string_view text) {
  std::string json = "\"";
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20) {
      json += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
      continue;
    }
    if (c == '"' || c == '\\') json.push_back('\\');
    json.push_back(c);
  }
  return json + "\"";
}

bool take_string(JsonText* json, std::string_view name, std::string_view wanted,
                 std::string* text) {
  if (name != wanted || json->kind() != JsonTextKind::string) return false;
  *text = json->string();
  return true;
}

Result<void> finish_answer(JsonText* json) {
  if (json->finish()) return {};
  return Error(ErrorCode::internal, "the answer is none of DynamoDB's");
}

}  // namespace stator
