// What a client does with a throttled request: the retries of AWS's SDKs.
//
// Source: AWS SDKs and Tools reference guide, "Retry behavior"; botocore's retry rules.
//
//   standard              the SDKs from November 2026 on: 4 attempts with DynamoDB; before the
//                         n-th retry a random part of min(1 s x 2 ^ (n - 1), 20 s); a quota of 500
//                         tokens, 5 for a retry, which come back when it succeeds
//   standard_before_2026  3 attempts from a base of 500 ms (JavaScript v3), the same quota
//   legacy                botocore's and CLI's former rule for DynamoDB: 10 attempts from a base
//                         of 50 ms, without jitter or quota
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "base/random.h"
#include "simulate/workload.h"

namespace stator {

inline constexpr ClientSetup kNoRetries = {};
inline constexpr ClientSetup kStandardRetries = {.attempts = 4,
                                                 .base = std::chrono::seconds(1),
                                                 .most = std::chrono::seconds(20),
                                                 .jitter = true,
                                                 .quota = 500};
inline constexpr ClientSetup kStandardRetriesBefore2026 = {.attempts = 3,
                                                           .base = std::chrono::milliseconds(500),
                                                           .most = std::chrono::seconds(20),
                                                           .jitter = true,
                                                           .quota = 500};
inline constexpr ClientSetup kLegacyRetries = {.attempts = 10,
                                               .base = std::chrono::milliseconds(50),
                                               .most = std::chrono::seconds(20),
                                               .jitter = false,
                                               .quota = 0};

// One client, whose quota its requests share. A value; not synchronised. Never fails.
class RetryClient {
 public:
  explicit RetryClient(const ClientSetup& setup);

  // How long it waits before it tries again; nothing: it gives up.
  //   attempts  of the request so far, all throttled; at least 1
  std::optional<std::chrono::microseconds> next_wait(std::uint32_t attempts, Random* random);

  // A request succeeded with so many attempts.
  void succeeded(std::uint32_t attempts);

 private:
  ClientSetup setup_;
  std::uint32_t tokens_;
};

}  // namespace stator
