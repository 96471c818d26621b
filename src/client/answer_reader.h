// The JSON that commands send to a server and get from it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "streams/json_text.h"

namespace stator {

// The text as a JSON string, quotes included.
std::string quoted(std::string_view text);

// Reads an object; `read(name)` reads the value of a member and returns true, or leaves it.
template <typename Read>
void read_object(JsonText* json, const Read& read) {
  if (json->kind() != JsonTextKind::object) {
    json->skip();
    return;
  }
  for (JsonText::Members member(json); member.next();) {
    if (!read(member.name())) json->skip();
  }
}

// Reads an array; `read()` reads an element.
template <typename Read>
void read_array(JsonText* json, const Read& read) {
  if (json->kind() != JsonTextKind::array) {
    json->skip();
    return;
  }
  for (JsonText::Elements element(json); element.next();) read();
}

// Reads the member `name` where it is a string and the one that is wanted; else it returns false.
bool take_string(JsonText* json, std::string_view name, std::string_view wanted, std::string* text);

//   errors  internal: the answer was no JSON
Result<void> finish_answer(JsonText* json);

}  // namespace stator
