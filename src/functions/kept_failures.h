// Documents of failures that have no destination: kept here until somebody looks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/thread_annotations.h"
#include "functions/function_rows.h"

namespace stator {

// How many are kept; the oldest go first. Ours.
inline constexpr std::size_t kFailuresMax = 1000;

// A resource; thread-safe.
class KeptFailures {
 public:
  //   rows  outlive it
  // errors  internal
  static Result<std::unique_ptr<KeptFailures>> open(FunctionRows* rows);

  //   document  JSON
  //   errors    internal: it is not kept
  Result<void> keep(std::string_view document);

  // Forgets all.
  //   errors  internal
  Result<void> clear();

  // The documents, oldest first.
  //   errors  internal
  Result<std::vector<std::string>> all() const;

 private:
  KeptFailures(FunctionRows* rows, std::uint64_t first, std::uint64_t last)
      : rows_(*rows), first_(first), last_(last) {}

  FunctionRows& rows_;
  Mutex mu_;
  std::uint64_t first_ GUARDED_BY(mu_);  // the numbers of those that are kept
  std::uint64_t last_ GUARDED_BY(mu_);
};

}  // namespace stator
