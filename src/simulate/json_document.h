// A JSON text as a tree that knows the line of each value: for files that people write.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace stator {

enum class JsonNodeKind { null, boolean, number, string, array, object };

// One value. A value that refers to the text that it was parsed from.
struct JsonNode {
  JsonNodeKind kind = JsonNodeKind::null;
  int line = 1;                    // where it begins
  std::string_view source;         // as it stands in the text
  std::string text;                // of a string: what it means
  std::string name;                // of a member of an object
  std::vector<JsonNode> elements;  // of an array
  std::vector<JsonNode> members;   // of an object, in their order

  // The member of that name; null where there is none.
  const JsonNode* find(std::string_view member) const;
};

// Parses a whole text (RFC 8259).
//   errors  validation, "LINE: what is wrong": not JSON in UTF-8, an object with two members of one
//           name, more than kJsonDepthMax values around a value
Result<JsonNode> parse_json_document(std::string_view text);

// Well-formed JSON without the space between its parts: on one line.
std::string json_on_one_line(std::string_view json);

// Arrays and objects around a value; ours, against a deep stack.
inline constexpr int kJsonDepthMax = 64;

}  // namespace stator
