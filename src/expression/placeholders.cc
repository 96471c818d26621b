#include "expression/placeholders.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <unordered_set>

#include "base/limits.h"
#include "model/attribute_name.h"

namespace stator {
namespace {

// Up to here a scan is faster than a search, and few requests have more.
constexpr std::size_t kScanMax = 32;

template <typename Placeholder>
Placeholder* scan(std::vector<Placeholder>& all, std::string_view key) {
  for (Placeholder& placeholder : all) {
    if (placeholder.key == key) return &placeholder;
  }
  return nullptr;
}

template <typename Placeholder>
Placeholder* search(std::vector<Placeholder>& all, std::vector<std::uint32_t>& order,
                    std::string_view key) {
  if (order.size() != all.size()) {
    order.resize(all.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(),
              [&all](std::uint32_t a, std::uint32_t b) { return all[a].key < all[b].key; });
  }
  const auto found = std::lower_bound(
      order.begin(), order.end(), key,
      [&all](std::uint32_t at, std::string_view sought) { return all[at].key < sought; });
  if (found == order.end() || all[*found].key != key) return nullptr;
  return &all[*found];
}

template <typename Placeholder>
const Placeholder* use(std::vector<Placeholder>& all, std::vector<std::uint32_t>& order,
                       std::string_view key) {
  Placeholder* const found = all.size() <= kScanMax ? scan(all, key) : search(all, order, key);
  if (found != nullptr) found->used = true;
  return found;
}

template <typename Placeholder>
bool has_twins(const std::vector<Placeholder>& all) {
  if (all.size() > kScanMax) {
    std::unordered_set<std::string_view> keys;
    return !std::all_of(all.begin(), all.end(), [&](const Placeholder& placeholder) {
      return keys.insert(placeholder.key).second;
    });
  }
  for (auto at = all.begin(); at != all.end(); ++at) {
    for (auto other = all.begin(); other != at; ++other) {
      if (other->key == at->key) return true;
    }
  }
  return false;
}

template <typename Placeholder>
void keep_last(std::vector<Placeholder>* all) {
  if (!has_twins(*all)) return;
  std::unordered_set<std::string_view> keys;
  std::vector<Placeholder> kept;
  std::for_each(all->rbegin(), all->rend(), [&](const Placeholder& placeholder) {
    if (keys.insert(placeholder.key).second) kept.push_back(placeholder);
  });
  all->assign(kept.rbegin(), kept.rend());
}

bool is_key(std::string_view key, char sigil) {
  if (key.size() < 2 || key[0] != sigil) return false;
  return std::all_of(key.begin() + 1, key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

constexpr std::string_view kKeyTooLong =
    " contains invalid key: The expression attribute map contains a key that is too long;";

Error syntax_error(std::string_view member, std::string_view key) {
  std::string message(member);
  message += " contains invalid key: Syntax error; key: \"";
  message += key;
  return validation_error(message + "\"");
}

std::size_t substituted_bytes(const Placeholders& placeholders) {
  std::size_t bytes = 0;
  for (const NamePlaceholder& each : placeholders.names) bytes += each.name.size();
  for (const ValuePlaceholder& each : placeholders.values) bytes += logical_bytes(each.value);
  return bytes;
}

// Whether there may be more than is allowed, without a look into the values. What a value takes
// here is at least a quarter of what it counts as.
bool may_be_too_large(const Placeholders& placeholders) {
  std::size_t bytes = 0;
  for (const NamePlaceholder& each : placeholders.names) bytes += each.name.size();
  for (const ValuePlaceholder& each : placeholders.values) bytes += each.value.bytes().size();
  return bytes > kSubstitutedBytesMax / 4;
}

template <typename Placeholder>
Result<void> check_used(const std::vector<Placeholder>& all, std::string_view member) {
  std::string unused;
  for (const Placeholder& placeholder : all) {
    if (placeholder.used) continue;
    if (!unused.empty()) unused += ", ";
    unused += placeholder.key;
  }
  if (unused.empty()) return {};
  std::string message = "Value provided in ";
  message += member;
  return validation_error(message + " unused in expressions: keys: {" + unused + "}");
}

}  // namespace

void Placeholders::keep_last() {
  stator::keep_last(&names);
  stator::keep_last(&values);
}

const NamePlaceholder* Placeholders::use_name(std::string_view key) {
  return use(names, name_order, key);
}

const ValuePlaceholder* Placeholders::use_value(std::string_view key) {
  return use(values, value_order, key);
}

Result<void> check_name_placeholders(const Placeholders& placeholders) {
  const std::string member = "ExpressionAttributeNames";
  for (const NamePlaceholder& name : placeholders.names) {
    const std::size_t bytes = name.key.size();
    if (bytes > kPlaceholderBytesMax) {
      return validation_error(member + std::string(kKeyTooLong) +
                              " size of key: " + std::to_string(bytes));
    }
    if (!is_key(name.key, '#')) return syntax_error(member, name.key);
    const std::string fault(attribute_name_fault(name.name));
    if (name.name.empty()) {
      return validation_error(member + " contains invalid value: " + fault + " for key " +
                              std::string(name.key));
    }
    if (!fault.empty()) return validation_error(fault);
  }
  return {};
}

Result<void> check_value_placeholders(const Placeholders& placeholders) {
  constexpr std::string_view kMember = "ExpressionAttributeValues";
  for (const ValuePlaceholder& value : placeholders.values) {
    if (value.key.size() > kPlaceholderBytesMax) {
      return validation_error(std::string(kMember) + std::string(kKeyTooLong));
    }
    if (!is_key(value.key, ':')) return syntax_error(kMember, value.key);
  }
  return {};
}

Result<void> check_substituted_bytes(const Placeholders& placeholders) {
  if (!may_be_too_large(placeholders)) return {};
  const std::size_t bytes = substituted_bytes(placeholders);
  if (bytes <= kSubstitutedBytesMax) return {};
  // AWS names the limit, but its error is not known; this one is worded as that of a long text.
  return validation_error(
      "The size of the names and values in an expression has exceeded the maximum allowed size; "
      "size: " +
      std::to_string(bytes));
}

Result<void> check_all_used(const Placeholders& placeholders) {
  TRY(check_used(placeholders.names, "ExpressionAttributeNames"));
  return check_used(placeholders.values, "ExpressionAttributeValues");
}

}  // namespace stator
