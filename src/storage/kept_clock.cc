#include "storage/kept_clock.h"

#include "base/bytes.h"

namespace stator {
namespace {

constexpr std::string_view kKey("\0\0\0\0C", 5);

}  // namespace

Result<std::optional<TimePoint>> kept_clock(const Store& store) {
  std::string bytes;
  if (!TRY(store.get(kKey, &bytes))) return std::optional<TimePoint>();
  if (bytes.size() != 8) {
    return Error(ErrorCode::internal, "the row of the clock is damaged or of a newer format");
  }
  const auto since = static_cast<std::int64_t>(load_u64_be(bytes.data()));
  return std::optional(TimePoint(std::chrono::microseconds(since)));
}

Result<void> keep_clock(Store* store, std::optional<TimePoint> now) {
  std::string bytes;
  if (now) append_u64_be(static_cast<std::uint64_t>(now->time_since_epoch().count()), &bytes);
  const RowWrite row{.key = kKey, .value = bytes, .erase = !now};
  return store->commit({&row, 1});
}

}  // namespace stator
