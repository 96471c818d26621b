#include "capacity/key_sketches.h"

#include <gtest/gtest.h>

#include <cmath>

#include "model/partition_map.h"

namespace stator {
namespace {

using namespace std::chrono_literals;

constexpr TimePoint kStart(100h);

class KeySketchesTest : public testing::Test {
 protected:
  void add(const std::string& partition_key, const std::string& sort_key, TimePoint now) {
    const std::string collection = hash_position(7) + partition_key;
    const std::string position = collection + sort_key;
    sketches_.add({.position = position, .collection_bytes = collection.size()}, 2, now);
  }
  double units_of(HotKeys& keys, const std::string& end, TimePoint now) {
    for (const HotKey& hot : keys.top(HotKeys::kCountersMax, now)) {
      if (hot.key.ends_with(end)) return hot.units;
    }
    return 0;
  }

  KeySketches sketches_{1};
};

TEST_F(KeySketchesTest, CountCollectionsAndItems) {
  add("pk", "1", kStart);
  add("pk", "2", kStart);
  add("pk", "2", kStart);
  EXPECT_EQ(units_of(sketches_.collections(), "pk", kStart), 6);
  EXPECT_EQ(units_of(sketches_.items(), "pk2", kStart), 4);
}

TEST_F(KeySketchesTest, CountNoItemsWithoutASortKeyAndNothingOfAScan) {
  add("pk", "", kStart);
  EXPECT_TRUE(sketches_.items().top(1, kStart).empty());
  const std::string position = hash_position(7);
  sketches_.add({.position = position}, 2, kStart);
  EXPECT_EQ(sketches_.collections().total(kStart), 2);
}

TEST_F(KeySketchesTest, AreExactForAThousandAdditionsASecond) {
  for (int second = 0; second < 10; ++second) {
    for (int i = 0; i < 1000; ++i) add(i % 4 == 0 ? "hot" : "cool", "1", kStart + second * 1s);
  }
  EXPECT_EQ(units_of(sketches_.collections(), "hot", kStart), 5'000);
  EXPECT_EQ(units_of(sketches_.collections(), "cool", kStart), 15'000);
}

TEST_F(KeySketchesTest, EstimateMoreWithinTheirError) {
  for (int i = 0; i < 400'000; ++i) add(i % 4 == 0 ? "hot" : "cool", "1", kStart);
  const double error = 4 * std::sqrt(static_cast<double>(KeySketches::kDrawnOneIn) / 100'000);
  EXPECT_NEAR(units_of(sketches_.collections(), "hot", kStart), 200'000, 200'000 * error);
  EXPECT_NEAR(units_of(sketches_.items(), "hot1", kStart), 200'000, 200'000 * error);
  EXPECT_NEAR(sketches_.collections().total(kStart), 800'000, 800'000 * error);
  EXPECT_NE(sketches_.collections().total(kStart), 800'000);
}

}  // namespace
}  // namespace stator
