#include "api/collection_sizes.h"

#include <gtest/gtest.h>

#include <string>

namespace stator {
namespace {

class CollectionSizesTest : public testing::Test {
 protected:
  void commit(CollectionSizes* sizes) {
    std::vector<RowWrite> rows;
    sizes->append_rows(&rows);
    ASSERT_TRUE(store_->commit(rows));
  }

  std::int64_t stored(const std::string& key) {
    CollectionSizes sizes(*store_, 1000);
    return *sizes.change(key, 0);
  }

  std::unique_ptr<Store> store_ = *Store::open({});
};

TEST_F(CollectionSizesTest, AreKeptFromOneBatchToTheNext) {
  CollectionSizes first(*store_, 1000);
  EXPECT_EQ(*first.change("a", 100), 100);
  EXPECT_EQ(*first.change("a", 50), 150);
  EXPECT_EQ(*first.change("b", 7), 7);
  commit(&first);
  CollectionSizes second(*store_, 1000);
  EXPECT_EQ(*second.change("a", -20), 130);
  commit(&second);
  EXPECT_EQ(stored("a"), 130);
  EXPECT_EQ(stored("b"), 7);
}

TEST_F(CollectionSizesTest, LeaveNoRowOfAnEmptyCollection) {
  CollectionSizes sizes(*store_, 1000);
  ASSERT_TRUE(sizes.change("a", 100));
  commit(&sizes);
  CollectionSizes emptied(*store_, 1000);
  EXPECT_EQ(*emptied.change("a", -100), 0);
  commit(&emptied);
  std::string row;
  EXPECT_FALSE(*store_->get("a", &row));
}

TEST_F(CollectionSizesTest, MayReachTheLimitAndNotExceedIt) {
  CollectionSizes sizes(*store_, 1000);
  EXPECT_EQ(*sizes.change("a", 1000), 1000);
  const Result<std::int64_t> more = sizes.change("a", 1);
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().code(), ErrorCode::item_collection_size_limit_exceeded);
  EXPECT_EQ(more.error().message(), "Collection size exceeded.");
  EXPECT_EQ(*sizes.change("b", 1000), 1000) << "each collection has its own";
}

TEST_F(CollectionSizesTest, MayShrinkWhereTheyAreTooLarge) {
  CollectionSizes sizes(*store_, 1000);
  ASSERT_TRUE(sizes.change("a", 1000));
  commit(&sizes);
  CollectionSizes lowered(*store_, 500);
  EXPECT_EQ(*lowered.change("a", -1), 999);
  EXPECT_EQ(*lowered.change("a", 0), 999);
  EXPECT_FALSE(lowered.change("a", 1));
}

}  // namespace
}  // namespace stator
