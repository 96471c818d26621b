// What a filter pattern is, and how its text becomes one. Patterns are those of EventBridge's
// rules, as far as Lambda documents them.
//
//   pattern := { name: pattern | [test, ..], .. , "$or": [pattern, ..] }        all of its members
//   test    := "text" | number | true | false | null                            one of a leaf's
//            | {"prefix": text} | {"suffix": text} | {"equals-ignore-case": text}
//            | {"anything-but": scalar | [scalar, ..] | {prefix, suffix or equals-ignore-case}}
//            | {"numeric": ["=", n] | [">" | ">=", n] | ["<" | "<=", n] | [">" | ">=", n, "<" |
//            "<=", n]} | {"exists": true | false}
//
// Of two members with one name the later stands; two patterns under one name are one with the
// members of both.
#pragma once

#include <cstddef>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace stator {

// AWS quotas of FilterCriteria: filters (10 on request), characters of one pattern.
inline constexpr std::size_t kFiltersMax = 5;
inline constexpr std::size_t kFilterPatternLengthMax = 4096;

struct NumericRange {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool includes_low = true;
  bool includes_high = true;

  bool contains(double value) const {
    return (value > low || (includes_low && value == low)) &&
           (value < high || (includes_high && value == high));
  }
};

// One element of a leaf's array.
struct ValueTest {
  enum class Kind {
    string,
    number,
    boolean,
    null,
    prefix,
    suffix,
    equals_ignore_case,
    anything_but,
    numeric,
    exists,
  };
  Kind kind = Kind::null;
  std::string text;            // to compare with; a number's as it is written
  std::vector<ValueTest> but;  // anything_but: none of these
  NumericRange range;          // numeric
  bool exists = false;         // exists: which of both
};

struct ObjectPattern;

// What stands under a name: tests of its value, or a pattern for its members.
struct FieldPattern {
  std::string name;
  std::vector<ValueTest> tests;
  std::unique_ptr<ObjectPattern> object;  // null: tests
};

struct ObjectPattern {
  std::vector<FieldPattern> fields;
  std::vector<ObjectPattern> any_of;  // of "$or"; none: no such member
};

//   errors  validation: "Invalid filter pattern definition."
Result<ObjectPattern> parse_filter_pattern(std::string_view json);

}  // namespace stator
