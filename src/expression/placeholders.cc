#include "expression/placeholders.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "base/limits.h"

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

bool is_key(std::string_view key, char sigil) {
  if (key.size() < 2 || key.size() > kPlaceholderBytesMax || key[0] != sigil) return false;
  return std::all_of(key.begin() + 1, key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

template <typename Placeholder>
Result<void> check_keys(const std::vector<Placeholder>& all, char sigil, std::string_view member) {
  for (const Placeholder& placeholder : all) {
    if (is_key(placeholder.key, sigil)) continue;
    std::string message(member);
    message += " contains invalid key: Syntax error; key: \"";
    message += placeholder.key;
    return validation_error(message + "\"");
  }
  return {};
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

const NamePlaceholder* Placeholders::use_name(std::string_view key) {
  return use(names, name_order, key);
}

const ValuePlaceholder* Placeholders::use_value(std::string_view key) {
  return use(values, value_order, key);
}

Result<void> check_placeholder_keys(const Placeholders& placeholders) {
  TRY(check_keys(placeholders.names, '#', "ExpressionAttributeNames"));
  return check_keys(placeholders.values, ':', "ExpressionAttributeValues");
}

Result<void> check_all_used(const Placeholders& placeholders) {
  TRY(check_used(placeholders.names, "ExpressionAttributeNames"));
  return check_used(placeholders.values, "ExpressionAttributeValues");
}

}  // namespace stator
