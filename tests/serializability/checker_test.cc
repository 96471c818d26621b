// The checker itself: histories that have an order, and each way in which one may have none.
#include "checker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stator::serializability {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Operations that overlap all of the others in time unless a test says otherwise.
Operation operation(std::string name) {
  return {.name = std::move(name), .begin = 1, .end = 100};
}

Operation write(std::string name, std::map<int, Element> appends) {
  Operation made = operation(std::move(name));
  made.appends = std::move(appends);
  return made;
}

Operation read(std::string name, std::map<int, List> reads) {
  Operation made = operation(std::move(name));
  made.reads = std::move(reads);
  return made;
}

TEST(Checker, FindsAnOrderWhereThereIsOne) {
  EXPECT_THAT(check({.operations = {write("both", {{1, 10}, {2, 10}}), write("one", {{1, 11}}),
                                    read("between", {{1, {10}}, {2, {10}}}),
                                    read("before", {{1, {}}, {2, {}}})},
                     .failed = {},
                     .final = {{1, {10, 11}}, {2, {10}}}}),
              IsEmpty());
}

TEST(Checker, FindsALostWrite) {
  EXPECT_THAT(check({.operations = {write("w", {{1, 10}})}, .failed = {}, .final = {{1, {}}}}),
              ElementsAre("lost: 10 in item 1 of w"));
}

TEST(Checker, FindsHalfATransaction) {
  EXPECT_THAT(check({.operations = {write("w", {{1, 10}, {2, 10}})},
                     .failed = {},
                     .final = {{1, {10}}, {2, {}}}}),
              ElementsAre("lost: 10 in item 2 of w"));
}

TEST(Checker, FindsAWriteThatFailed) {
  EXPECT_THAT(check({.operations = {}, .failed = {10}, .final = {{1, {10}}}}),
              ElementsAre("of a write that failed: 10 in item 1"));
}

TEST(Checker, FindsAWriteThatRanTwice) {
  EXPECT_THAT(
      check({.operations = {write("w", {{1, 10}})}, .failed = {}, .final = {{1, {10, 10}}}}),
      ElementsAre("twice: 10 in item 1"));
}

TEST(Checker, FindsAReadOfHalfATransaction) {
  EXPECT_THAT(
      check({.operations = {write("w", {{1, 10}, {2, 10}}), read("r", {{1, {10}}, {2, {}}})},
             .failed = {},
             .final = {{1, {10}}, {2, {10}}}}),
      ElementsAre(HasSubstr("a cycle:")));
}

TEST(Checker, FindsTransactionsInTwoOrders) {
  EXPECT_THAT(check({.operations = {write("v", {{1, 10}, {2, 10}}), write("w", {{1, 11}, {2, 11}})},
                     .failed = {},
                     .final = {{1, {10, 11}}, {2, {11, 10}}}}),
              ElementsAre(HasSubstr("a cycle:")));
}

TEST(Checker, FindsWriteSkew) {
  Operation one = write("one", {{1, 10}});
  one.lengths = {{2, 0}};
  Operation other = write("other", {{2, 11}});
  other.lengths = {{1, 0}};
  EXPECT_THAT(check({.operations = {one, other}, .failed = {}, .final = {{1, {10}}, {2, {11}}}}),
              ElementsAre(HasSubstr("a cycle:")));
}

TEST(Checker, FindsAReadOfThePast) {
  Operation written = write("w", {{1, 10}});
  written.end = 2;
  Operation late = read("r", {{1, {}}});
  late.begin = 3;
  EXPECT_THAT(check({.operations = {written, late}, .failed = {}, .final = {{1, {10}}}}),
              ElementsAre("a cycle:\n  w\n  r"));
}

TEST(Checker, FindsAReadOfWhatNeverWas) {
  EXPECT_THAT(check({.operations = {write("w", {{1, 10}}), read("r", {{1, {12}}})},
                     .failed = {},
                     .final = {{1, {10}}}}),
              ElementsAre("r read what item 1 never was"));
}

}  // namespace
}  // namespace stator::serializability
