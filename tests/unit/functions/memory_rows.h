// Rows of functions in memory, which outlive what works with them and can be told to fail.
#pragma once

#include <atomic>
#include <map>

#include "base/thread_annotations.h"
#include "functions/function_rows.h"

namespace stator::testing_support {

class MemoryRows final : public FunctionRows {
 public:
  Result<void> commit(std::span<const FunctionRow> rows) override {
    const MutexLock lock(&mu_);
    if (fails) return Error(ErrorCode::internal, "no more writes");
    for (const FunctionRow& row : rows) {
      if (row.erase) {
        rows_.erase(row.key);
      } else {
        rows_[row.key] = row.value;
      }
    }
    return {};
  }

  Result<std::vector<FunctionRow>> scan(std::string_view prefix) const override {
    const MutexLock lock(&mu_);
    std::vector<FunctionRow> found;
    for (const auto& [key, value] : rows_) {
      if (key.starts_with(prefix)) found.push_back({.key = key, .value = value});
    }
    return found;
  }

  std::size_t count(std::string_view prefix) const { return scan(prefix)->size(); }

  std::atomic<bool> fails = false;

 private:
  mutable Mutex mu_;
  std::map<std::string, std::string> rows_ GUARDED_BY(mu_);
};

}  // namespace stator::testing_support
