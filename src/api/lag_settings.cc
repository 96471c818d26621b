#include "api/lag_settings.h"

#include <algorithm>

namespace stator {

std::chrono::milliseconds Lags::of(const TableDefinition& table,
                                   const IndexDefinition* index) const {
  if (index == nullptr || index->kind == IndexKind::local) return read;
  const auto own = indexes.find(std::tuple(
      std::string_view(table.space), std::string_view(table.name), std::string_view(index->name)));
  return own != indexes.end() ? own->second : gsi;
}

std::chrono::milliseconds Lags::largest() const {
  std::chrono::milliseconds largest = std::max(gsi, read);
  for (const auto& [name, lag] : indexes) largest = std::max(largest, lag);
  return largest;
}

std::shared_ptr<const Lags> LagSettings::in_force() const {
  if (!any_.load(std::memory_order_relaxed)) return nullptr;
  const MutexLock lock(&mu_);
  return lags_;
}

Lags LagSettings::all() const {
  const MutexLock lock(&mu_);
  return *lags_;
}

Result<Lags> LagSettings::change(const std::function<Result<void>(Lags*)>& change) {
  const MutexLock lock(&mu_);
  Lags lags = *lags_;
  TRY(change(&lags));
  history_.keep(lags.largest());
  lags_ = std::make_shared<const Lags>(lags);
  any_.store(lags.largest() > std::chrono::milliseconds(0), std::memory_order_relaxed);
  return lags;
}

std::optional<TimePoint> LagSettings::cutoff(const TableDefinition& table,
                                             const IndexDefinition* index, Consistency consistency,
                                             TimePoint now) const {
  if (consistency == Consistency::strong) return std::nullopt;
  const std::shared_ptr<const Lags> lags = in_force();
  if (lags == nullptr) return std::nullopt;
  history_.advance(now);
  const std::chrono::milliseconds lag = lags->of(table, index);
  if (lag == std::chrono::milliseconds(0)) return std::nullopt;
  return now - lag;
}

}  // namespace stator
