// The keys under which rows lie in the store; their memcmp order is the order of a Query.
//
//   row key   := keyspace:u32be hash:u64be part(partition key){1..4} part(sort key){0..4} rest
//   hash      := the first 8 bytes of MD5("Outliers" bytes(partition key)), AWS's order of a Scan
//   bytes     := of S and B the text, of N the number (model/number.h)
//   rest      := in a table          nothing
//              | in a local index    part(sort key of the table)
//              | in a global index   tie:u64be part(partition key of the table)
//                                    [part(sort key of the table)]
//   tie       := as hash, of partition key and sort key of the table
//   part(S,B) := bytes, 0x00 written as 0x00 0xFF, then 0x00 0x00
//   part(N)   := number (model/number.h) without its end, then 0x00, or 0x66 when negative
//
// Parts are self-delimiting: none is a prefix of another. Keyspace 0 is the catalog's own.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/value.h"

namespace stator {

// Of a row key: its keyspace, behind which its position begins (model/partition_map.h).
inline constexpr std::size_t kKeyspaceBytes = 4;

// Appends one key attribute's value, of type S, N or B.
void append_key_part(ValueView value, std::string* out);

// Takes the part of one value of the type from the front of `key`, as scalar() would give it: the
// text of S and B, the bytes of N.
//   returns  nullopt where there is no such part; then `key` has lost some bytes
std::optional<std::string> take_key_part(AttributeType type, std::string_view* key);

// The bytes of the part of one value of the type that `key`, of a row, begins with; all where there
// is no end of one.
std::size_t key_part_bytes(AttributeType type, std::string_view key);

// Appends what all values that begin with `prefix` (S or B) have in common.
void append_key_prefix(std::string_view prefix, std::string* out);

// Appends the hash of key values, as it is or as the tie of an index row.
void append_key_hash(std::span<const ValueView> key, std::string* out);
inline constexpr std::size_t kKeyHashBytes = 8;

// Appends keyspace, hash and partition key: a whole key in a table without a sort key, the common
// prefix of an item collection in one with.
//   partition_key  the values of all HASH attributes
void append_partition(std::uint32_t keyspace, std::span<const ValueView> partition_key,
                      std::string* out);

// The same for a key of one attribute.
inline void append_partition(std::uint32_t keyspace, ValueView partition_key, std::string* out) {
  append_partition(keyspace, std::span(&partition_key, 1), out);
}

// Appends the place where the rows of a keyspace with this hash or a greater one start.
void append_hash_start(std::uint32_t keyspace, std::uint64_t hash, std::string* out);

// What all keys of a keyspace begin with, and the first key after them.
std::string keyspace_start(std::uint32_t keyspace);
std::string keyspace_end(std::uint32_t keyspace);

// The hash in a row key.
std::uint64_t hash_of_row(std::string_view row_key);

// The smallest string that is greater than every string that begins with `prefix`; empty where
// there is none.
std::string after_prefix(std::string_view prefix);

}  // namespace stator
