// Which hot keys a report for people shows.
#pragma once

#include <vector>

#include "simulate/report_data.h"

namespace stator {

// Those of which more than half is certain. Where traffic is even, a sketch still has a greatest
// key, but all that it says of it may be error.
inline std::vector<HotKeyReport> hot_of(const std::vector<HotKeyReport>& keys) {
  std::vector<HotKeyReport> hot;
  for (const HotKeyReport& key : keys) {
    if (key.error < key.amount / 2) hot.push_back(key);
  }
  return hot;
}

}  // namespace stator
