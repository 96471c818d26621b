#include "simulate/needs_text.h"

#include <fmt/format.h>

#include "base/printable_text.h"
#include "simulate/figure_text.h"

namespace stator {
namespace {

constexpr std::size_t kKeyCharacters = 60;

std::string whole(std::int64_t units) {
  return count_text(static_cast<std::uint64_t>(units));
}

std::string key_of(const NeedsReport& needs) {
  return needs.hottest_key.empty() ? "the hottest key" : clipped(needs.hottest_key, kKeyCharacters);
}

std::string served_text(const NeedsReport& needs) {
  if (!needs.provisioned_now) return "Nothing was throttled.";
  if (*needs.provisioned_now < needs.provisioned_units) {
    return fmt::format(
        "Nothing was throttled with {} provisioned units a second at the end; {} carry it however "
        "it comes within a second.",
        whole(*needs.provisioned_now), whole(needs.provisioned_units));
  }
  return fmt::format(
      "Nothing was throttled. {} provisioned units a second carry it; {} do however it comes "
      "within a second.",
      whole(*needs.provisioned_now), whole(needs.provisioned_units));
}

std::string provision_text(const NeedsReport& needs) {
  if (needs.provisioned_now >= needs.provisioned_units) {
    return fmt::format(
        "It was throttled before it had the {} units a second of the end; {} carry all of it, "
        "however it comes within a second.",
        whole(*needs.provisioned_now), whole(needs.provisioned_units));
  }
  return fmt::format(
      "Provision {} units a second instead of {}: with what 300 seconds can save they carry the "
      "peak of {}, however it comes within a second.",
      whole(needs.provisioned_units), whole(needs.provisioned_now.value_or(0)),
      amount_text(needs.peak_units));
}

//   raise  "Raise", with what stands before it
std::string maximum_text(std::string_view raise, const NeedsReport& needs) {
  return fmt::format(
      "{} the OnDemandThroughput maximum to {} units a second, the busiest second{}.", raise,
      whole(needs.warm_units), needs.maximum_now ? "; it is " + whole(*needs.maximum_now) : "");
}

std::string warm_text(const NeedsReport& needs) {
  return fmt::format(
      "Set the warm throughput to {} units a second before the load comes; it is {}. Or come up "
      "slower: on demand serves twice the previous peak at once, and more after some minutes.",
      whole(needs.warm_units), whole(needs.warm_now.value_or(0)));
}

// Nothing to name where even the hottest key has little.
constexpr double kNamedShare = 0.05;

std::string spread_text(const NeedsReport& needs) {
  const bool is_named = needs.hottest_units >= needs.partition_limit * kNamedShare;
  const std::string who = is_named ? fmt::format("{} with {} a second shares one with others",
                                                 key_of(needs), amount_text(needs.hottest_units))
                                   : "many keys with little each share one";
  return fmt::format(
      "The settings are not the limit: a partition serves {} units a second, and {}. Splits for "
      "heat part them after some minutes, but not keys that are used in sequence. Warm throughput "
      "parts item collections beforehand; traffic over more partition keys needs neither.",
      amount_text(needs.partition_limit), who);
}

std::string shard_text(const NeedsReport& needs) {
  std::string text = fmt::format(
      "No setting will do: {} is asked for {} units a second, and a partition serves {}. Spread it "
      "over at least {} keys.",
      key_of(needs), amount_text(needs.hottest_units), amount_text(needs.partition_limit),
      needs.shards);
  if (needs.provisioned_units > needs.provisioned_now.value_or(needs.provisioned_units)) {
    text += fmt::format(" Then provision {} units a second instead of {}.",
                        whole(needs.provisioned_units), whole(*needs.provisioned_now));
  }
  if (needs.warm_units > needs.maximum_now.value_or(needs.warm_units)) {
    text += maximum_text(" Then raise", needs);
  }
  return text;
}

std::string quota_text(const NeedsReport& needs) {
  return fmt::format(
      "No setting will do: {} units a second are beyond the account's quota of one table or index. "
      "Have the quota raised, or use several tables.",
      amount_text(needs.peak_units));
}

std::string advice_text(const NeedsReport& needs) {
  switch (needs.verdict) {
    case NeedsVerdict::idle:
    case NeedsVerdict::served:
      break;
    case NeedsVerdict::provision:
      return provision_text(needs);
    case NeedsVerdict::raise_maximum:
      return maximum_text("Raise", needs);
    case NeedsVerdict::warm_throughput:
      return warm_text(needs);
    case NeedsVerdict::spread_keys:
      return spread_text(needs);
    case NeedsVerdict::shard_key:
      return shard_text(needs);
    case NeedsVerdict::quota:
      return quota_text(needs);
  }
  return "";
}

}  // namespace

std::string_view verdict_text(NeedsVerdict verdict) {
  switch (verdict) {
    case NeedsVerdict::idle:
      return "idle";
    case NeedsVerdict::served:
      return "served";
    case NeedsVerdict::provision:
      return "provision more";
    case NeedsVerdict::raise_maximum:
      return "raise the maximum";
    case NeedsVerdict::warm_throughput:
      return "warm throughput";
    case NeedsVerdict::spread_keys:
      return "spread the keys";
    case NeedsVerdict::shard_key:
      return "shard the key";
    case NeedsVerdict::quota:
      break;
  }
  return "raise the quota";
}

std::string needs_text(const NeedsReport& needs) {
  if (needs.verdict == NeedsVerdict::idle) return "";
  if (needs.verdict == NeedsVerdict::served) return served_text(needs);
  const std::string_view spared =
      needs.was_spared ? "Throttles elsewhere kept load away that would be throttled here. " : "";
  return std::string(spared) + advice_text(needs);
}

}  // namespace stator
