#include "base/arena.h"

#include <gmock/gmock.h>

#include <cstdint>
#include <string>

namespace stator {
namespace {

using testing::ElementsAre;

bool is_aligned(const void* address, std::size_t alignment) {
  return reinterpret_cast<std::uintptr_t>(address) % alignment == 0;
}

struct Point {
  int x;
  double y;
};

TEST(Arena, MakesValuesFromTheirMembers) {
  Arena arena;
  const Point* const point = arena.make<Point>(1, 2.5);
  EXPECT_EQ(point->x, 1);
  EXPECT_EQ(point->y, 2.5);
}

TEST(Arena, AlignsWhatFollowsOddSizes) {
  Arena arena;
  for (int i = 0; i < 100; ++i) {
    arena.copy("odd");
    EXPECT_TRUE(is_aligned(arena.make<double>(1.0), alignof(double)));
    EXPECT_TRUE(is_aligned(arena.allocate(1, 16), 16));
  }
}

TEST(Arena, AlignsTheFirstAllocationOfABlock) {
  Arena arena;
  EXPECT_TRUE(is_aligned(arena.allocate(8, 8), 8));
  arena.allocate(100'000, 1);
  EXPECT_TRUE(is_aligned(arena.allocate(8, 8), 8));
}

TEST(Arena, ArraysStartOutEmpty) {
  Arena arena;
  arena.copy(std::string(1000, 'x'));
  arena.reset();
  EXPECT_THAT(arena.make_array<int>(4), ElementsAre(0, 0, 0, 0));
  EXPECT_TRUE(arena.make_array<int>(0).empty());
}

TEST(Arena, CopiesLiveOnWhenTheirOriginalsChange) {
  Arena arena;
  std::vector<int> numbers = {1, 2, 3};
  std::string text = "text";
  const std::span<const int> copied_numbers = arena.copy(numbers);
  const std::string_view copied_text = arena.copy(text);
  numbers.assign(3, 0);
  text.assign("____");
  EXPECT_THAT(copied_numbers, ElementsAre(1, 2, 3));
  EXPECT_EQ(copied_text, "text");
  EXPECT_EQ(arena.copy(std::string_view()), "");
}

TEST(Arena, KeepsEverythingOverManyBlocks) {
  Arena arena;
  std::vector<std::string_view> copies;
  for (std::size_t i = 0; i < 200; ++i) {
    copies.push_back(arena.copy(std::string(i * 100, static_cast<char>('a' + i % 26))));
  }
  for (std::size_t i = 0; i < 200; ++i) {
    EXPECT_EQ(copies[i], std::string(i * 100, static_cast<char>('a' + i % 26)));
  }
}

TEST(Arena, TakesOneAllocationLargerThanABlockFirst) {
  Arena arena;
  const std::string large(1'000'000, 'x');
  EXPECT_EQ(arena.copy(large), large);
  EXPECT_EQ(arena.copy("after"), "after");
}

TEST(Arena, KeepsItsFirstBlockOverAReset) {
  Arena arena;
  const void* const first = arena.allocate(8, 8);
  arena.allocate(100'000, 8);
  arena.reset();
  EXPECT_EQ(arena.allocate(8, 8), first);
}

TEST(Arena, IsUsableAfterAResetThatFollowedALargeAllocation) {
  Arena arena;
  arena.copy(std::string(1'000'000, 'x'));
  arena.reset();
  std::vector<std::string_view> copies;
  for (int i = 0; i < 100; ++i) copies.push_back(arena.copy(std::string(1000, 'y')));
  for (const std::string_view copy : copies) EXPECT_EQ(copy, std::string(1000, 'y'));
}

TEST(Arena, AResetBeforeTheFirstAllocationDoesNothing) {
  Arena arena;
  arena.reset();
  EXPECT_EQ(arena.copy("text"), "text");
}

}  // namespace
}  // namespace stator
