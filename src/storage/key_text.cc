#include "storage/key_text.h"

#include <algorithm>
#include <optional>

#include "base/bytes.h"
#include "model/number.h"
#include "storage/row_key.h"

namespace stator {
namespace {

constexpr std::size_t kPartsAt = 12;  // behind keyspace and hash
constexpr std::size_t kShownBytesMax = 100;

std::string_view cut_short(std::string_view bytes) {
  return bytes.substr(0, kShownBytesMax);
}

void append_hex_digits(char byte, std::string* out) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out->push_back(kDigits[to_byte(byte) >> 4]);
  out->push_back(kDigits[to_byte(byte) & 0xF]);
}

void append_hex(std::string_view bytes, std::string* out) {
  out->append("0x");
  for (const char byte : cut_short(bytes)) append_hex_digits(byte, out);
  if (bytes.size() > kShownBytesMax) out->append("..");
}

// Text on one line: what would break it, and a quote, is written as \x0a.
void append_escaped(std::string_view text, std::string* out) {
  for (const char c : cut_short(text)) {
    if (to_byte(c) >= 0x20 && c != 0x7F && c != '"' && c != '\\') {
      out->push_back(c);
    } else {
      out->append("\\x");
      append_hex_digits(c, out);
    }
  }
  if (text.size() > kShownBytesMax) out->append("..");
}

void append_value(AttributeType type, std::string_view value, std::string* out) {
  if (type == AttributeType::N) return append_number_text(value, out);
  if (type == AttributeType::B) return append_hex(value, out);
  out->push_back('"');
  append_escaped(value, out);
  out->push_back('"');
}

// Appends the values of the attributes that `parts` begins with, and takes them from it; false
// where they are not there.
bool append_parts(const std::vector<KeyAttribute>& attributes, std::string_view* parts,
                  std::string* out) {
  for (const KeyAttribute& attribute : attributes) {
    const auto value = take_key_part(attribute.type, parts);
    if (!value) return false;
    if (!out->empty()) out->push_back(' ');
    append_escaped(attribute.name, out);
    out->push_back('=');
    append_value(attribute.type, *value, out);
  }
  return true;
}

bool take_tie(std::string_view* parts) {
  if (parts->size() < kKeyHashBytes) return false;
  parts->remove_prefix(kKeyHashBytes);
  return true;
}

std::string_view parts_of(std::string_view row_key) {
  return row_key.substr(std::min(row_key.size(), kPartsAt));
}

std::string bytes_text(std::string_view row_key) {
  std::string text = "row ";
  append_hex(row_key, &text);
  return text;
}

}  // namespace

std::vector<KeyAttribute> row_key_attributes(const TableDefinition& table) {
  std::vector<KeyAttribute> attributes = table.key.partition;
  attributes.insert(attributes.end(), table.key.sort.begin(), table.key.sort.end());
  return attributes;
}

std::string row_key_text(std::string_view row_key, const std::vector<KeyAttribute>& attributes) {
  std::string_view parts = parts_of(row_key);
  std::string text;
  if (append_parts(attributes, &parts, &text) && parts.empty()) return text;
  return bytes_text(row_key);
}

std::string index_row_key_text(std::string_view row_key, const TableDefinition& table,
                               const IndexDefinition& index) {
  std::string_view parts = parts_of(row_key);
  std::string text;
  bool is_whole = append_parts(index.key.partition, &parts, &text) &&
                  append_parts(index.key.sort, &parts, &text);
  if (index.kind == IndexKind::global) {
    is_whole = is_whole && take_tie(&parts) && append_parts(table.key.partition, &parts, &text);
  }
  if (is_whole && append_parts(table.key.sort, &parts, &text) && parts.empty()) return text;
  return bytes_text(row_key);
}

}  // namespace stator
