#include "storage/row_key.h"

#include <array>
#include <cstring>

#include "base/bytes.h"
#include "base/md5.h"
#include "model/number.h"

namespace stator {
namespace {

constexpr std::uint8_t kNumberZero = 0x80;  // and the least first byte of what is not negative
constexpr char kPositiveEnd = 0x00;
constexpr char kNegativeEnd = 0x66;

void append_number_part(std::string_view number, std::string* out) {
  out->append(number);
  if (to_byte(number.front()) >= kNumberZero) {
    out->push_back(kPositiveEnd);
  } else if (number.back() != kNegativeEnd) {
    out->push_back(kNegativeEnd);
  }
}

std::optional<std::string> take_text_part(std::string_view* key) {
  std::string text;
  while (true) {
    const std::size_t zero = key->find('\0');
    if (zero == std::string_view::npos || zero + 1 == key->size()) return std::nullopt;
    text.append(key->substr(0, zero));
    const char after = (*key)[zero + 1];
    key->remove_prefix(zero + 2);
    if (after == '\0') return text;
    text.push_back('\0');
  }
}

std::optional<std::string> take_number_part(std::string_view* key) {
  if (key->empty()) return std::nullopt;
  const bool negative = to_byte(key->front()) < kNumberZero;
  const std::size_t end = key->find(negative ? kNegativeEnd : kPositiveEnd, 1);
  if (end == std::string_view::npos) return std::nullopt;
  std::string number(key->substr(0, end + 1));
  key->remove_prefix(number.size());
  // The end is part of a negative number, unless it is as long as a number can be.
  if (!negative || !is_number(number)) number.pop_back();
  if (!is_number(number)) return std::nullopt;
  return number;
}

}  // namespace

std::optional<std::string> take_key_part(AttributeType type, std::string_view* key) {
  return type == AttributeType::N ? take_number_part(key) : take_text_part(key);
}

std::size_t key_part_bytes(AttributeType type, std::string_view key) {
  if (key.empty()) return 0;
  if (type == AttributeType::N) {
    const bool negative = to_byte(key.front()) < kNumberZero;
    const std::size_t end = key.find(negative ? kNegativeEnd : kPositiveEnd, 1);
    return end == std::string_view::npos ? key.size() : end + 1;
  }
  for (std::size_t zero = key.find('\0'); zero + 1 < key.size() && zero != std::string_view::npos;
       zero = key.find('\0', zero + 2)) {
    if (key[zero + 1] == '\0') return zero + 2;
  }
  return key.size();
}

void append_key_prefix(std::string_view prefix, std::string* out) {
  for (std::size_t zero; (zero = prefix.find('\0')) != std::string_view::npos;) {
    out->append(prefix.substr(0, zero + 1)).push_back('\xFF');
    prefix.remove_prefix(zero + 1);
  }
  out->append(prefix);
}

void append_key_part(ValueView value, std::string* out) {
  if (value.type() == AttributeType::N) return append_number_part(value.number(), out);
  append_key_prefix(value.text(), out);
  out->append(2, '\0');
}

void append_key_hash(std::span<const ValueView> key, std::string* out) {
  Md5 md5;
  md5.add("Outliers");
  for (const ValueView value : key) {
    md5.add(value.type() == AttributeType::N ? value.number() : value.text());
  }
  const std::array<std::uint8_t, 16> digest = md5.finish();
  std::array<char, kKeyHashBytes> head;
  std::memcpy(head.data(), digest.data(), head.size());
  out->append(head.data(), head.size());
}

void append_partition(std::uint32_t keyspace, std::span<const ValueView> partition_key,
                      std::string* out) {
  append_u32_be(keyspace, out);
  append_key_hash(partition_key, out);
  for (const ValueView value : partition_key) append_key_part(value, out);
}

void append_hash_start(std::uint32_t keyspace, std::uint64_t hash, std::string* out) {
  append_u32_be(keyspace, out);
  append_u64_be(hash, out);
}

std::string keyspace_start(std::uint32_t keyspace) {
  std::string key;
  append_u32_be(keyspace, &key);
  return key;
}

std::string keyspace_end(std::uint32_t keyspace) {
  std::string key;
  append_u32_be(keyspace + 1, &key);
  return key;
}

std::uint64_t hash_of_row(std::string_view row_key) {
  return load_u64_be(row_key.data() + 4);
}

std::string after_prefix(std::string_view prefix) {
  std::string next(prefix);
  while (!next.empty()) {
    const std::uint8_t last = to_byte(next.back());
    if (last != 0xFF) {
      next.back() = to_char(static_cast<std::uint8_t>(last + 1));
      return next;
    }
    next.pop_back();
  }
  return next;
}

}  // namespace stator
