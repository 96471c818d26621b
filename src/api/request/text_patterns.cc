#include "api/request/text_patterns.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/utf8.h"

namespace stator {
namespace {

bool is_letter_or_digit(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c);
}

bool is_name_character(char c) {
  return is_letter_or_digit(c) || c == '_' || c == '.' || c == '-';
}

bool is_between(char c, char first, char last) {
  return c >= first && c <= last;
}

template <typename Admits>
bool all(std::string_view text, const Admits& admits) {
  return std::all_of(text.begin(), text.end(), admits);
}

}  // namespace

bool is_name(std::string_view text) {
  return !text.empty() && all(text, is_name_character);
}

bool is_bucket_name(std::string_view text) {
  return text.size() >= 2 && is_letter_or_digit(text.front()) && is_letter_or_digit(text.back()) &&
         all(text, is_name_character);
}

bool is_account_number(std::string_view text) {
  return text.size() == 12 && all(text, is_ascii_digit);
}

bool is_client_token(std::string_view text) {
  return !text.empty() && text.find('$') == std::string_view::npos;
}

bool is_import_token(std::string_view text) {
  return !text.empty() && text.size() % 16 == 0 &&
         all(text, [](char c) { return is_ascii_digit(c) || is_between(c, 'a', 'f'); });
}

bool is_csv_delimiter(std::string_view text) {
  return text.size() == 1 && std::string_view(",;:|\t ").find(text[0]) != std::string_view::npos;
}

bool is_csv_header(std::string_view text) {
  return all(text, [](char c) { return is_between(c, ' ', '~') && c != '"' && c != ','; });
}

bool is_printable(std::string_view text) {
  return !text.empty() && all(text, [](char c) { return is_between(c, ' ', '~'); });
}

// The characters of XML 1.0: no control but three, and nothing that Unicode has made none.
bool is_xml_text(std::string_view text) {
  while (!text.empty()) {
    const Utf8Character next = first_character(text);
    const char32_t c = next.code_point;
    const bool is_control = c < U' ' && c != U'\r' && c != U'\n' && c != U'\t';
    if (next.bytes == 0 || is_control || c == 0xFFFE || c == 0xFFFF) return false;
    text.remove_prefix(next.bytes);
  }
  return true;
}

}  // namespace stator
