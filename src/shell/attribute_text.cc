#include "shell/attribute_text.h"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

namespace stator {
namespace {

// U+0080 to U+009F are controls as well: C2 80 to C2 9F in UTF-8.
bool is_c1_control(std::string_view text, std::size_t at) {
  return text[at] == '\xC2' && at + 1 < text.size() &&
         static_cast<unsigned char>(text[at + 1]) < 0xA0;
}

void append_string(std::string_view text, std::string* out) {
  out->push_back('\'');
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == 0x7F) {
      fmt::format_to(std::back_inserter(*out), "\\u{:04x}", byte);
    } else if (is_c1_control(text, i)) {
      fmt::format_to(std::back_inserter(*out), "\\u{:04x}", static_cast<unsigned char>(text[++i]));
    } else {
      if (byte == '\'') out->push_back('\'');
      out->push_back(text[i]);
    }
  }
  out->push_back('\'');
}

template <typename Append>
void append_elements(JsonText* json, const char* between, std::string* out, const Append& append) {
  bool is_first = true;
  for (JsonText::Elements element(json); element.next(); is_first = false) {
    if (!is_first) out->append(between);
    append();
  }
}

void append_map(JsonText* json, std::string* out) {
  out->push_back('{');
  bool is_first = true;
  for (JsonText::Members member(json); member.next(); is_first = false) {
    if (!is_first) out->append(", ");
    append_string(member.name(), out);
    out->append(": ");
    append_attribute(json, out);
  }
  out->push_back('}');
}

void append_list(JsonText* json, std::string* out) {
  out->push_back('[');
  append_elements(json, ", ", out, [&] { append_attribute(json, out); });
  out->push_back(']');
}

// Of strings, numbers or bytes, each of which JSON has as a string.
void append_scalar(char type, JsonText* json, std::string* out) {
  if (type == 'N') {
    out->append(json->string());
    return;
  }
  if (type == 'B') out->push_back('b');
  append_string(json->string(), out);
}

void append_set(char type, JsonText* json, std::string* out) {
  out->append("<<");
  append_elements(json, ", ", out, [&] { append_scalar(type, json, out); });
  out->append(">>");
}

void append_typed(std::string_view type, JsonText* json, std::string* out) {
  if (type == "S" || type == "N" || type == "B") return append_scalar(type[0], json, out);
  if (type == "SS" || type == "NS" || type == "BS") return append_set(type[0], json, out);
  if (type == "M") return append_map(json, out);
  if (type == "L") return append_list(json, out);
  if (type == "BOOL") {
    out->append(json->boolean() ? "true" : "false");
    return;
  }
  json->skip();  // NULL, which says true
  out->append("NULL");
}

}  // namespace

void append_attribute(JsonText* json, std::string* out) {
  for (JsonText::Members member(json); member.next();) append_typed(member.name(), json, out);
}

}  // namespace stator
