#include "api/ops/change_limits.h"

#include <chrono>
#include <string>
#include <vector>

#include "base/time_text.h"

namespace stator {
namespace {

using std::chrono::days;

// AWS: how long a change of deletion protection keeps off the next.
constexpr std::chrono::milliseconds kProtectionInterval(15'000);

struct ChangeLimit {
  std::size_t count;
  days window;
  std::string_view changes;  // AWS's words for them
};

// AWS quotas "Table class", "Read/write capacity mode" and "Encryption at rest".
constexpr ChangeLimit kClassLimit = {2, days(30), "Updates to TableClass"};
constexpr ChangeLimit kOnDemandLimit = {4, days(1), "Update to PayPerRequest mode"};
constexpr ChangeLimit kEncryptionLimit = {4, days(1), "Updates to Server-Side Encryption"};

Error too_many(const ChangeLimit& limit, const std::vector<TimePoint>& counted) {
  return Error(ErrorCode::limit_exceeded,
               "Subscriber limit exceeded: " + std::string(limit.changes) + " are limited to " +
                   std::to_string(limit.count) + " times in " +
                   std::to_string(limit.window.count()) + " day(s). Last update at " +
                   long_time_text(counted.back()) + ". Next update can be made at " +
                   long_time_text(counted.front() + limit.window));
}

Result<void> count_change(const ChangeLimit& limit, TimePoint now,
                          std::vector<TimePoint>* counted) {
  std::erase_if(*counted, [&](TimePoint earlier) { return now - earlier >= limit.window; });
  if (counted->size() >= limit.count) return too_many(limit, *counted);
  counted->push_back(now);
  return {};
}

Result<void> count_protection_change(TableChange* change) {
  std::vector<TimePoint>& counted = change->after.recent_changes.deletion_protection;
  const TimePoint now = change->context.now;
  if (!counted.empty() && now - counted.back() < kProtectionInterval) {
    return Error(ErrorCode::throttling, "Deletion protection setting for table " +
                                            change->before.name + " modified within the previous " +
                                            std::to_string(kProtectionInterval.count()) +
                                            " milliseconds. Please try again after " +
                                            long_time_text(counted.back() + kProtectionInterval));
  }
  counted = {now};
  return {};
}

TableClass class_of(const TableDefinition& table) {
  return table.table_class.value_or(TableClass::standard);
}

}  // namespace

Result<void> count_changes(TableChange* change) {
  const TableDefinition& before = change->before;
  TableDefinition& after = change->after;
  const TimePoint now = change->context.now;
  if (after.deletion_protection != before.deletion_protection) {
    TRY(count_protection_change(change));
  }
  if (class_of(after) != class_of(before)) {
    TRY(count_change(kClassLimit, now, &after.recent_changes.table_class));
  }
  if (after.kms_key != before.kms_key) {
    TRY(count_change(kEncryptionLimit, now, &after.recent_changes.encryption));
  }
  if (after.billing != before.billing && after.billing == BillingMode::pay_per_request) {
    TRY(count_change(kOnDemandLimit, now, &after.recent_changes.to_on_demand));
  }
  return {};
}

}  // namespace stator
