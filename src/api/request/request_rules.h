// The constraints of AWS's service model as data: what the members of a request may be. The tables
// of the operations are in the *_rules.h beside this file; constraint_check.h is what reads them.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace stator {

enum class ValueKind : std::uint8_t {
  opaque,      // of no constraint, or of one that AWS words where it uses the value
  text,        // bounded in bytes
  table_name,  // a text that may be an ARN instead
  integer,     // bounded by value
  long_integer,
  real,  // a number of no constraint
  boolean,
  list,  // bounded in elements
  map,   // bounded in entries
  structure,
};

inline constexpr std::int64_t kNoBound = std::numeric_limits<std::int64_t>::max();
inline constexpr std::int64_t kNoLowerBound = std::numeric_limits<std::int64_t>::min();

struct MemberRule;

// A regular expression of the model, and what it says.
struct TextPattern {
  std::string_view text;
  bool (*admits)(std::string_view);
};

// What a value may be. Constant data: refers to other rules and owns nothing.
struct ValueRule {
  ValueKind kind = ValueKind::opaque;
  std::int64_t least = 0;
  std::int64_t most = kNoBound;
  const TextPattern* pattern = nullptr;          // of a text
  std::span<const std::string_view> words = {};  // a text that is one of these, in AWS's order
  std::span<const MemberRule> members = {};      // of a structure, in the order AWS checks them
  const ValueRule* element = nullptr;            // of a list, or the values of a map
  const ValueRule* key = nullptr;                // of a map, where its keys are constrained
  std::string_view java_class = {};              // of a structure: how AWS prints it in a list
};

enum class Need : std::uint8_t { optional, required };

// When AWS tells what is wrong with a member: in its place among the others; alone, whatever else
// is wrong; or in its place, but what is wrong inside it after all the others.
enum class Told : std::uint8_t { in_place, alone, inside_last };

struct MemberRule {
  std::string_view name;
  const ValueRule* value;
  Need need = Need::optional;
  Told told = Told::in_place;
};

// The members of an operation's request, in the order in which AWS checks them. Of the data plane
// they are all that the operation knows; elsewhere those without a constraint may be missing.
struct RequestRules {
  std::string_view operation;
  std::span<const MemberRule> members;
};

}  // namespace stator
