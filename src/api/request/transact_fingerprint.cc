#include "api/request/transact_fingerprint.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"

namespace stator {
namespace {

// Texts are self-delimiting, so that no two requests have the same bytes.
void append_text(std::string_view text, std::string* out) {
  append_u32_le(static_cast<std::uint32_t>(text.size()), out);
  out->append(text);
}

void append_optional(const std::optional<std::string_view>& text, std::string* out) {
  out->push_back(text ? '\1' : '\0');
  if (text) append_text(*text, out);
}

using Pair = std::pair<std::string_view, std::string_view>;

void append_sorted(std::vector<Pair> pairs, std::string* out) {
  std::sort(pairs.begin(), pairs.end());
  append_u32_le(static_cast<std::uint32_t>(pairs.size()), out);
  for (const auto& [key, value] : pairs) {
    append_text(key, out);
    append_text(value, out);
  }
}

void append_action(const TransactAction& action, std::string* out) {
  const ItemRequest& request = action.request;
  out->push_back(static_cast<char>(action.kind));
  append_optional(request.table_name, out);
  append_text(request.item.bytes, out);
  append_text(request.key.bytes, out);
  append_optional(request.condition, out);
  append_optional(request.update, out);
  std::vector<Pair> names;
  for (const NamePlaceholder& each : request.placeholders.names) {
    names.emplace_back(each.key, each.name);
  }
  append_sorted(std::move(names), out);
  std::vector<Pair> values;
  for (const ValuePlaceholder& each : request.placeholders.values) {
    values.emplace_back(each.key, each.value.bytes());
  }
  append_sorted(std::move(values), out);
}

}  // namespace

RequestFingerprint fingerprint_of(const TransactRequest& request) {
  std::string bytes;
  for (const TransactAction& action : request.actions) append_action(action, &bytes);
  return fingerprint_of(bytes);
}

}  // namespace stator
