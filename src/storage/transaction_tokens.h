// The tokens of transactions that ran: a request that comes again with its token is answered, not
// run again.
//
//   keyspace 0 := "I" period:u32be scope:u8 space 0x00 token -> record
//   record     := format:u8 (1) completed:u64be fingerprint:16 (item bytes:u32le){n}
//   completed  := microseconds since 1970; period is that of `completed`, in token ages
//
// A token is looked for in the current period and the one before; older periods go whole, so nobody
// looks for what has expired.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "stator/clock.h"
#include "storage/store.h"

namespace stator {

// Operations whose tokens are apart. The numbers stand on disk.
enum class TokenScope : std::uint8_t { transact_write_items = 1, execute_transaction = 2 };

struct TokenView {
  TokenScope scope = TokenScope::transact_write_items;
  std::string_view space = {};  // the namespace of the caller's tables
  std::string_view text = {};
};

// 128 bits of what a request means.
using RequestFingerprint = std::array<char, 16>;
RequestFingerprint fingerprint_of(std::string_view bytes);

// What is kept of a transaction. A value.
struct TokenRecord {
  TimePoint completed{};
  RequestFingerprint fingerprint{};
  std::vector<std::uint32_t> item_bytes;  // of each action: the larger image that it was sized on
  bool operator==(const TokenRecord&) const = default;
};

// The row that keeps a record; it goes into the transaction's own batch.
std::string token_row_key(const TokenView& token, TimePoint completed);
std::string encode_token_record(const TokenRecord& record);

// What to latch while a transaction with the token runs.
std::string token_latch_key(const TokenView& token);

// A resource; thread-safe.
class TransactionTokens {
 public:
  //   store  outlives it
  explicit TransactionTokens(Store* store) : store_(*store) {}

  // What is known of a token at `now`; nullopt: nothing any more.
  //   errors  internal
  Result<std::optional<TokenRecord>> find(const TokenView& token, TimePoint now) const;

  // Forgets all tokens.
  //   errors  internal
  Result<void> clear();

  // Removes the periods that have expired; one atomic load while there is none.
  //   errors  internal
  Result<void> forget_expired(TimePoint now);

 private:
  Store& store_;
  std::atomic<std::uint32_t> forgotten_{0};  // all periods before it are gone
};

}  // namespace stator
