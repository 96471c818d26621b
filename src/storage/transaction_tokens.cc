#include "storage/transaction_tokens.h"

#include <xxhash.h>

#include <algorithm>
#include <cstring>

#include "base/bytes.h"
#include "base/limits.h"

namespace stator {
namespace {

constexpr std::uint32_t kCatalogKeyspace = 0;
constexpr char kTokenRow = 'I';
constexpr char kFormat = 1;
constexpr std::size_t kHeaderBytes = 1 + 8 + sizeof(RequestFingerprint);

std::uint32_t period_of(TimePoint time) {
  return static_cast<std::uint32_t>(
      std::max<std::int64_t>(time.time_since_epoch() / kRequestTokenAgeMax, 0));
}

std::string period_start(std::uint32_t period) {
  std::string key;
  append_u32_be(kCatalogKeyspace, &key);
  key.push_back(kTokenRow);
  append_u32_be(period, &key);
  return key;
}

std::string key_in(std::uint32_t period, const TokenView& token) {
  std::string key = period_start(period);
  key.push_back(static_cast<char>(token.scope));
  key.append(token.space).push_back('\0');
  return key.append(token.text);
}

Result<TokenRecord> decode(std::string_view bytes) {
  if (bytes.size() < kHeaderBytes || bytes[0] != kFormat ||
      (bytes.size() - kHeaderBytes) % 4 != 0) {
    return Error(ErrorCode::internal, "the row of a request token is damaged or of a newer format");
  }
  TokenRecord record;
  const auto completed = static_cast<std::int64_t>(load_u64_be(bytes.data() + 1));
  record.completed = TimePoint(std::chrono::microseconds(completed));
  std::memcpy(record.fingerprint.data(), bytes.data() + 9, record.fingerprint.size());
  for (std::size_t at = kHeaderBytes; at < bytes.size(); at += 4) {
    record.item_bytes.push_back(load_u32_le(bytes.data() + at));
  }
  return record;
}

}  // namespace

RequestFingerprint fingerprint_of(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  RequestFingerprint fingerprint;
  std::memcpy(fingerprint.data(), &hash, sizeof hash);
  return fingerprint;
}

std::string token_row_key(const TokenView& token, TimePoint completed) {
  return key_in(period_of(completed), token);
}

std::string encode_token_record(const TokenRecord& record) {
  std::string bytes(1, kFormat);
  append_u64_be(static_cast<std::uint64_t>(record.completed.time_since_epoch().count()), &bytes);
  bytes.append(record.fingerprint.data(), record.fingerprint.size());
  for (const std::uint32_t size : record.item_bytes) append_u32_le(size, &bytes);
  return bytes;
}

std::string token_latch_key(const TokenView& token) {
  return key_in(0, token);
}

Result<std::optional<TokenRecord>> TransactionTokens::find(const TokenView& token,
                                                           TimePoint now) const {
  const std::uint32_t period = period_of(now);
  std::string row;
  for (const std::uint32_t each : {period, period - std::min(period, 1U)}) {
    if (!TRY(store_.get(key_in(each, token), &row))) continue;
    TokenRecord record = TRY(decode(row));
    if (now - record.completed < kRequestTokenAgeMax) return std::optional(std::move(record));
  }
  return std::optional<TokenRecord>();
}

Result<void> TransactionTokens::clear() {
  std::string end;
  append_u32_be(kCatalogKeyspace, &end);
  end.push_back(kTokenRow + 1);
  return store_.erase_range(period_start(0), end);
}

Result<void> TransactionTokens::forget_expired(TimePoint now) {
  const std::uint32_t kept = period_of(now) - std::min(period_of(now), 1U);
  std::uint32_t forgotten = forgotten_.load(std::memory_order_relaxed);
  if (forgotten >= kept || !forgotten_.compare_exchange_strong(forgotten, kept)) return {};
  return store_.erase_range(period_start(0), period_start(kept));
}

}  // namespace stator
