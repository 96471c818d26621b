#include "storage/row_history.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace stator {
namespace {

using namespace std::chrono_literals;

TimePoint at(std::chrono::microseconds since_epoch) {
  return TimePoint(since_epoch);
}

// What a row was at a moment: its value, "(none)", or "(as stored)".
std::string find(const Moment& moment, std::string_view key) {
  const std::optional<PastRow> row = moment.find(key);
  if (!row) return "(as stored)";
  return row->value == nullptr ? "(none)" : *row->value;
}

class RowHistoryTest : public testing::Test {
 protected:
  RowHistoryTest() { history_.keep(10s); }

  void record(TimePoint now, std::vector<RowChange> changes) {
    const PendingChanges pending = history_.record(now, changes);
  }

  std::string at_moment(TimePoint time, std::string_view key) {
    return find(history_.at(time), key);
  }

  RowHistory history_;
};

TEST_F(RowHistoryTest, KnowsNothingOfThePresent) {
  record(at(1s), {{"a", "old"}});
  const Moment present = history_.at(std::nullopt);
  EXPECT_FALSE(present.is_past());
  EXPECT_EQ(find(present, "a"), "(as stored)");
  EXPECT_FALSE(present.find_in({.first = "", .end = ""}));
}

TEST_F(RowHistoryTest, FindsWhatTheOldestLaterChangeReplaced) {
  record(at(1s), {{"a", std::nullopt}});
  record(at(2s), {{"a", "first"}});
  record(at(3s), {{"a", "second"}});
  EXPECT_EQ(at_moment(at(0s), "a"), "(none)");
  EXPECT_EQ(at_moment(at(1s), "a"), "first");
  EXPECT_EQ(at_moment(at(2999999us), "a"), "second");
  EXPECT_EQ(at_moment(at(3s), "a"), "(as stored)");
  EXPECT_EQ(at_moment(at(0s), "b"), "(as stored)");
}

TEST_F(RowHistoryTest, KeepsTheOrderOfChangesOfOneTime) {
  record(at(1s), {{"a", "first"}});
  record(at(1s), {{"a", "second"}});
  EXPECT_EQ(at_moment(at(0s), "a"), "first");
}

TEST_F(RowHistoryTest, KeepsTheOrderWhenTheClockIsSetBack) {
  record(at(5s), {{"a", "first"}});
  record(at(2s), {{"a", "second"}});
  EXPECT_EQ(at_moment(at(3s), "a"), "first");
  EXPECT_EQ(at_moment(at(5s), "a"), "(as stored)");
}

TEST_F(RowHistoryTest, FindsTheFirstOrLastChangedRowOfARange) {
  record(at(1s), {{"b", "old b"}, {"d", "old d"}});
  record(at(2s), {{"c", "old c"}, {"e", std::nullopt}});
  const Moment moment = history_.at(at(1s));
  const auto key_in = [&](RowRange range) {
    const auto row = moment.find_in(range);
    return row ? row->key : "(none)";
  };
  EXPECT_EQ(key_in({.first = "", .end = ""}), "c");
  EXPECT_EQ(key_in({.first = "", .end = "c"}), "(none)");
  EXPECT_EQ(key_in({.first = "c", .end = "d"}), "c");
  EXPECT_EQ(key_in({.first = "d", .end = "z"}), "e");
  EXPECT_EQ(key_in({.first = "f", .end = ""}), "(none)");
  EXPECT_EQ(key_in({.first = "", .end = "", .backward = true}), "e");
  EXPECT_EQ(key_in({.first = "", .end = "e", .backward = true}), "c");
  EXPECT_EQ(key_in({.first = "d", .end = "e", .backward = true}), "(none)");
}

TEST_F(RowHistoryTest, ForgetsWhatIsOlderThanReadersGo) {
  record(at(1s), {{"a", "old"}});
  const std::size_t one = history_.bytes();
  EXPECT_GT(one, 3U);
  record(at(5s), {{"b", "old"}});
  EXPECT_EQ(history_.bytes(), 2 * one);
  history_.advance(at(10999999us));
  EXPECT_EQ(history_.bytes(), 2 * one);
  history_.advance(at(11s));
  EXPECT_EQ(history_.bytes(), one);
  history_.keep(7s);
  EXPECT_EQ(history_.bytes(), one);
  history_.keep(0s);
  EXPECT_EQ(history_.bytes(), 0U);
}

TEST_F(RowHistoryTest, KeepsWhatAReaderNeeds) {
  record(at(5s), {{"a", "old"}});
  {
    const Moment moment = history_.at(at(4s));
    const Moment later = history_.at(at(6s));
    history_.keep(0s);
    history_.advance(at(60s));
    EXPECT_EQ(find(moment, "a"), "old");
    EXPECT_EQ(find(later, "a"), "(as stored)");
  }
  EXPECT_EQ(history_.bytes(), 0U);
}

// A commit may take longer than the lag; what follows it must not show before it.
TEST_F(RowHistoryTest, LooksAtATimeBeforeChangesThatAreNotCommitted) {
  const RowChange slow{"a", "old a"};
  {
    const PendingChanges pending = history_.record(at(5s), {&slow, 1});
    record(at(6s), {{"b", "old b"}});
    history_.advance(at(60s));
    EXPECT_EQ(at_moment(at(50s), "a"), "old a");
    EXPECT_EQ(at_moment(at(50s), "b"), "old b");
  }
  EXPECT_EQ(at_moment(at(50s), "a"), "(as stored)");
  EXPECT_EQ(at_moment(at(50s), "b"), "(as stored)");
  EXPECT_EQ(history_.bytes(), 0U);
}

TEST_F(RowHistoryTest, AMomentThatWasMovedIsGivenBackOnce) {
  record(at(5s), {{"a", "old"}});
  {
    Moment moment = history_.at(at(4s));
    const Moment moved = std::move(moment);
    history_.keep(0s);
    EXPECT_EQ(find(moved, "a"), "old");
  }
  EXPECT_EQ(history_.bytes(), 0U);
}

TEST_F(RowHistoryTest, ShowsOneLaterMomentWhereItHasForgotten) {
  record(at(1s), {{"a", "old a"}, {"b", "old b"}});
  record(at(2s), {{"c", "old c"}});
  history_.advance(at(11s));
  // Neither a's change nor one of its time is known any more.
  EXPECT_EQ(at_moment(at(0s), "b"), "(as stored)");
  EXPECT_EQ(at_moment(at(0s), "c"), "old c");
}

TEST(RowHistory, BeyondItsMemoryForgetsTheOldest) {
  RowHistory history(10'000);
  history.keep(1h);
  const std::string value(1000, 'x');
  const std::string last = "row 99";
  for (int i = 0; i < 100; ++i) {
    const std::string row = "row " + std::to_string(i);
    const RowChange change{row, value};
    const PendingChanges pending = history.record(at(std::chrono::seconds(i)), {&change, 1});
    EXPECT_LE(history.bytes(), 10'000U);
  }
  EXPECT_GT(history.bytes(), 5'000U);
  const Moment moment = history.at(at(-1s));
  EXPECT_EQ(find(moment, "row 0"), "(as stored)");
  EXPECT_EQ(find(moment, "row 99"), value);
}

TEST(RowHistory, TakesAChangeLargerThanItsMemory) {
  RowHistory history(100);
  history.keep(1h);
  const std::string value(1000, 'x');
  const RowChange change{"row", value};
  const PendingChanges pending = history.record(at(1s), {&change, 1});
  EXPECT_EQ(history.bytes(), 0U);
}

}  // namespace
}  // namespace stator
