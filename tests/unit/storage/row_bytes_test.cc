#include "storage/row_bytes.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/random.h"
#include "store_fixture.h"

namespace stator {
namespace {

using testing_support::commit;
using testing_support::row;

const RowRange kAll{.first = "a", .end = "z"};

std::string numbered(const std::string& prefix, int number) {
  const std::string digits = std::to_string(number);
  return prefix + std::string(4 - digits.size(), '0') + digits;
}

// Rows that the store has put into a file.
class RowBytes : public testing::TestWithParam<BytesKnown> {
 protected:
  // Rows of a kibibyte each, of bytes that no compression makes fewer.
  void fill(const std::string& prefix, int count) {
    for (int i = 0; i < count; ++i) {
      std::string value(1024, 'v');
      for (char& byte : value) byte = static_cast<char>(random_.below(256));
      commit(store_.get(), {row(numbered(prefix, i), value)});
    }
  }

  // What is in the log of a store that is opened goes into a file.
  void put_into_file() {
    store_.reset();
    store_ = *Store::open({.directory = directory_.path()});
  }

  std::string middle(const RowRange& range) const { return middle_row(*store_, range, GetParam()); }

  // How much of the range lies before its middle.
  double share_before(const RowRange& range) const {
    const std::string found = middle(range);
    double before = 0;
    double all = 0;
    for (RowCursor rows = store_->scan(range); rows.valid(); rows.next()) {
      if (rows.key() < found) before += 1;
      all += 1;
    }
    return before / all;
  }

  const testing_support::TemporaryDirectory directory_;
  std::unique_ptr<Store> store_ = *Store::open({.directory = directory_.path()});
  Random random_{1};
};

INSTANTIATE_TEST_SUITE_P(All, RowBytes, testing::Values(BytesKnown::counted, BytesKnown::estimated),
                         [](const auto& known) {
                           return std::string(known.param == BytesKnown::counted ? "Counted"
                                                                                 : "Estimated");
                         });

TEST_P(RowBytes, HaveNoMiddleWhereThereAreNoRows) {
  EXPECT_EQ(middle(kAll), "");
  EXPECT_EQ(range_bytes(*store_, kAll, GetParam()), 0U);
}

TEST_P(RowBytes, OfOneRowHaveItAsTheirMiddle) {
  fill("k", 1);
  EXPECT_EQ(middle(kAll), "k0000");
}

TEST_P(RowBytes, AreThoseOfTheRange) {
  fill("k", 2000);
  put_into_file();
  const RowRange range{.first = "k0500", .end = "k1000"};
  EXPECT_NEAR(static_cast<double>(range_bytes(*store_, range, GetParam())), 500.0 * 1029, 16'000);
}

TEST_P(RowBytes, LieToOneHalfBeforeTheirMiddle) {
  fill("k", 2000);
  put_into_file();
  EXPECT_NEAR(share_before(kAll), 0.5, 0.01);
}

TEST_P(RowBytes, HaveTheirMiddleBehindALongCommonBeginning) {
  fill("k" + std::string(900, '-'), 2000);
  put_into_file();
  EXPECT_NEAR(share_before(kAll), 0.5, 0.01);
}

TEST_P(RowBytes, HaveTheirMiddleWhereMostOfThemAre) {
  fill("b", 100);
  fill("k", 1900);
  put_into_file();
  EXPECT_NEAR(share_before(kAll), 0.5, 0.01);
}

TEST_P(RowBytes, OfAPartHaveTheMiddleOfThePart) {
  fill("k", 2000);
  put_into_file();
  EXPECT_NEAR(share_before({.first = "k0500", .end = "k1000"}), 0.5, 0.02);
}

}  // namespace
}  // namespace stator
