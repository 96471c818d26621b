#include "storage/transaction_tokens.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace stator {
namespace {

using namespace std::chrono_literals;

constexpr TimePoint kNow{std::chrono::microseconds(1791505294500000)};
constexpr TokenView kToken{
    .scope = TokenScope::transact_write_items, .space = "space", .text = "token"};

class TransactionTokensTest : public testing::Test {
 protected:
  TransactionTokensTest() : store_(*Store::open({})), tokens_(store_.get()) {}

  void put(const TokenView& token, const TokenRecord& record) {
    const std::string key = token_row_key(token, record.completed);
    const std::string value = encode_token_record(record);
    const RowWrite row{.key = key, .value = value};
    ASSERT_TRUE(store_->commit({&row, 1}));
  }
  std::optional<TokenRecord> find(const TokenView& token, TimePoint now) const {
    Result<std::optional<TokenRecord>> found = tokens_.find(token, now);
    EXPECT_TRUE(found);
    return *std::move(found);
  }

  std::unique_ptr<Store> store_;
  TransactionTokens tokens_;
};

TEST_F(TransactionTokensTest, AreKnownForTenMinutesAcrossPeriods) {
  for (const auto offset : {0min, 1min, 3min, 5min, 9min}) {
    const TimePoint completed = kNow + offset;
    const std::string text = "token " + std::to_string(offset.count());
    const TokenView token{.scope = kToken.scope, .space = "", .text = text};
    const TokenRecord record{
        .completed = completed, .fingerprint = fingerprint_of("request"), .item_bytes = {1, 70000}};
    put(token, record);
    EXPECT_EQ(find(token, completed), record);
    EXPECT_EQ(find(token, completed + kRequestTokenAgeMax - 1us), record);
    EXPECT_EQ(find(token, completed + kRequestTokenAgeMax), std::nullopt);
  }
}

TEST_F(TransactionTokensTest, OfOneOperationOrNamespaceAreUnknownToAnother) {
  put(kToken, {.completed = kNow, .fingerprint = {}, .item_bytes = {}});
  TokenView other = kToken;
  other.scope = TokenScope::execute_transaction;
  EXPECT_EQ(find(other, kNow), std::nullopt);
  other = kToken;
  other.space = "other";
  EXPECT_EQ(find(other, kNow), std::nullopt);
  other = kToken;
  other.text = "toke";
  EXPECT_EQ(find(other, kNow), std::nullopt);
}

TEST_F(TransactionTokensTest, ThatExpiredLeaveNoRows) {
  put(kToken, {.completed = kNow, .fingerprint = {}, .item_bytes = {}});
  std::string row;
  ASSERT_TRUE(tokens_.forget_expired(kNow + kRequestTokenAgeMax));
  EXPECT_TRUE(*store_->get(token_row_key(kToken, kNow), &row));
  ASSERT_TRUE(tokens_.forget_expired(kNow + 2 * kRequestTokenAgeMax));
  EXPECT_FALSE(*store_->get(token_row_key(kToken, kNow), &row));
}

TEST_F(TransactionTokensTest, RefuseADamagedRow) {
  const std::string key = token_row_key(kToken, kNow);
  const RowWrite row{.key = key, .value = "\x02"};
  ASSERT_TRUE(store_->commit({&row, 1}));
  EXPECT_FALSE(tokens_.find(kToken, kNow));
}

}  // namespace
}  // namespace stator
