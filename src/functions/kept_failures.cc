#include "functions/kept_failures.h"

#include "base/bytes.h"

namespace stator {
namespace {

std::uint64_t number_of(const FunctionRow& row) {
  return load_u64_be(row.key.data() + kFailurePrefix.size());
}

}  // namespace

Result<std::unique_ptr<KeptFailures>> KeptFailures::open(FunctionRows* rows) {
  const std::vector<FunctionRow> kept = TRY(rows->scan(kFailurePrefix));
  for (const FunctionRow& row : kept) {
    if (row.key.size() == kFailurePrefix.size() + 8) continue;
    return Error(ErrorCode::internal, "the store holds a failure without a number");
  }
  const std::uint64_t first = kept.empty() ? 1 : number_of(kept.front());
  const std::uint64_t last = kept.empty() ? 0 : number_of(kept.back());
  return std::unique_ptr<KeptFailures>(new KeptFailures(rows, first, last));
}

Result<void> KeptFailures::keep(std::string_view document) {
  const MutexLock lock(&mu_);
  std::vector<FunctionRow> rows = {{.key = failure_key(last_ + 1), .value = std::string(document)}};
  const bool is_full = last_ + 1 - first_ >= kFailuresMax;
  if (is_full) rows.push_back({.key = failure_key(first_), .value = {}, .erase = true});
  TRY(rows_.commit(rows));
  ++last_;
  if (is_full) ++first_;
  return {};
}

Result<void> KeptFailures::clear() {
  const MutexLock lock(&mu_);
  std::vector<FunctionRow> rows = TRY(rows_.scan(kFailurePrefix));
  for (FunctionRow& row : rows) row.erase = true;
  TRY(rows_.commit(rows));
  first_ = last_ + 1;
  return {};
}

Result<std::vector<std::string>> KeptFailures::all() const {
  std::vector<std::string> documents;
  for (FunctionRow& row : TRY(rows_.scan(kFailurePrefix))) {
    documents.push_back(std::move(row.value));
  }
  return documents;
}

}  // namespace stator
