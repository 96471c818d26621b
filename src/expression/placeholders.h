// ExpressionAttributeNames and ExpressionAttributeValues of one request.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/value.h"

namespace stator {

struct NamePlaceholder {
  std::string_view key;   // "#n"
  std::string_view name;  // the attribute's name
  bool used = false;
};

struct ValuePlaceholder {
  std::string_view key;  // ":v"
  ValueView value;
  bool used = false;
};

// Shared by all expressions of a request, in its order; parsing marks what it uses. The texts and
// value bytes live as long as the request. Filled before the first use, then left alone.
struct Placeholders {
  std::vector<NamePlaceholder> names = {};
  std::vector<ValuePlaceholder> values = {};

  // Of several with one key the last stands, as in every map of a request. Run once, when all are
  // in.
  void keep_last();

  // Both null when undefined; both mark what they find as used.
  const NamePlaceholder* use_name(std::string_view key);
  const ValuePlaceholder* use_value(std::string_view key);

  // Positions sorted by key: made at the first use when there are many, else empty.
  std::vector<std::uint32_t> name_order = {};
  std::vector<std::uint32_t> value_order = {};
};

// Whether every key is '#' or ':' and then one or more of [A-Za-z0-9_], within
// kPlaceholderBytesMax, and every name one that an attribute may have; run before the first
// expression is parsed.
//   errors  validation: 'ExpressionAttributeNames contains invalid key: Syntax error; key: "x"'
Result<void> check_name_placeholders(const Placeholders& placeholders);
Result<void> check_value_placeholders(const Placeholders& placeholders);

// Whether what the placeholders stand for is within kSubstitutedBytesMax; run when all values are
// known to be well-formed.
//   errors  validation
Result<void> check_substituted_bytes(const Placeholders& placeholders);

// Run after the last expression was parsed.
//   errors  validation: "Value provided in ExpressionAttributeNames unused in expressions: .."
Result<void> check_all_used(const Placeholders& placeholders);

}  // namespace stator
