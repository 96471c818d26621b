#include "simulate/retry_client.h"

#include <algorithm>
#include <cmath>

#include "simulate/key_chooser.h"

namespace stator {
namespace {

// Tokens of the quota.
constexpr std::uint32_t kRetryCost = 5;
constexpr std::uint32_t kFirstAttemptReward = 1;

}  // namespace

RetryClient::RetryClient(const ClientSetup& setup) : setup_(setup), tokens_(setup.quota) {}

std::optional<std::chrono::microseconds> RetryClient::next_wait(std::uint32_t attempts,
                                                                Random* random) {
  if (attempts >= setup_.attempts) return std::nullopt;
  if (setup_.quota > 0) {
    if (tokens_ < kRetryCost) return std::nullopt;
    tokens_ -= kRetryCost;
  }
  const double base = static_cast<double>(setup_.base.count());
  const double most = static_cast<double>(setup_.most.count());
  const double wait =
      std::min(std::ldexp(base, static_cast<int>(std::min(attempts - 1, 64U))), most);
  const double share = setup_.jitter ? random_share(random) : 1;
  return std::chrono::microseconds(static_cast<std::int64_t>(wait * share));
}

void RetryClient::succeeded(std::uint32_t attempts) {
  const std::uint32_t reward = attempts > 1 ? kRetryCost : kFirstAttemptReward;
  tokens_ = std::min(setup_.quota, tokens_ + reward);
}

}  // namespace stator
