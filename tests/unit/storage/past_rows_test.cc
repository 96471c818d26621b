#include "storage/past_rows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/random.h"

namespace stator {
namespace {

using namespace std::chrono_literals;

using Rows = std::map<std::string, std::string>;

// All rows of a range as a cursor shows them, in its order.
std::vector<std::pair<std::string, std::string>> scan(const Store& store, const RowRange& range,
                                                      const Moment& moment) {
  std::vector<std::pair<std::string, std::string>> rows;
  PastRowCursor cursor(store, range, moment);
  for (; cursor.valid(); cursor.next()) rows.emplace_back(cursor.key(), cursor.value());
  EXPECT_TRUE(cursor.finished());
  return rows;
}

std::vector<std::pair<std::string, std::string>> expected(const Rows& rows, const RowRange& range) {
  std::vector<std::pair<std::string, std::string>> in_range;
  for (const auto& [key, value] : rows) {
    if (key >= range.first && (range.end.empty() || key < range.end)) {
      in_range.emplace_back(key, value);
    }
  }
  if (range.backward) std::reverse(in_range.begin(), in_range.end());
  return in_range;
}

// A store and its history, and every state that they have gone through.
class World {
 public:
  explicit World(std::uint64_t seed) : random_(seed) { history_.keep(kLag); }

  // A batch of up to three changes, at a time that may be that of the batch before.
  void write() {
    now_ += std::chrono::milliseconds(random_.next() % 3);
    Rows after = states_.back().rows;
    std::map<std::string, std::optional<std::string>> batch;
    for (std::uint64_t i = 0; i <= random_.next() % 3; ++i) {
      std::optional<std::string> value;
      if (random_.next() % 3 != 0) value = std::to_string(random_.next() % 1000);
      batch[random_key()] = value;
    }
    std::vector<RowChange> changes;
    std::vector<RowWrite> writes;
    for (const auto& [key, value] : batch) {
      const auto before = states_.back().rows.find(key);
      changes.push_back({.key = key, .before = {}});
      if (before != states_.back().rows.end()) changes.back().before = before->second;
      writes.push_back({.key = key, .value = {}, .erase = !value});
      if (value) {
        writes.back().value = *value;
        after[key] = *value;
      } else {
        after.erase(key);
      }
    }
    const PendingChanges pending = history_.record(now_, changes);
    ASSERT_TRUE(store_->commit(writes));
    if (states_.back().since == now_) {
      states_.back().rows = std::move(after);
    } else {
      states_.push_back({now_, std::move(after)});
    }
  }

  void read() {
    const TimePoint cutoff = now_ - std::chrono::milliseconds(random_.next() % (kLag.count() + 1));
    const Moment moment = history_.at(cutoff);
    const Rows& rows = state_at(cutoff);
    RowRange range{.first = random_key(), .end = random_key()};
    if (random_.next() % 4 == 0) range.end.clear();
    range.backward = random_.next() % 2 == 0;
    EXPECT_EQ(scan(*store_, range, moment), expected(rows, range));

    const std::string key = random_key();
    std::string value;
    const Result<bool> found = get_row(*store_, moment, key, &value);
    ASSERT_TRUE(found);
    ASSERT_EQ(*found, rows.contains(key));
    if (*found) {
      EXPECT_EQ(value, rows.at(key));
    }
  }

 private:
  static constexpr std::chrono::milliseconds kLag{50};

  struct State {
    TimePoint since;
    Rows rows;
  };

  std::string random_key() { return std::string(1, static_cast<char>('a' + random_.next() % 20)); }

  const Rows& state_at(TimePoint time) const {
    std::size_t at = states_.size() - 1;
    while (at > 0 && states_[at].since > time) --at;
    return states_[at].rows;
  }

  Random random_;
  TimePoint now_{1s};
  RowHistory history_;
  const std::unique_ptr<Store> store_ = *Store::open({});
  std::deque<State> states_{{TimePoint::min(), {}}};
};

TEST(PastRows, AreThoseOfEveryMomentWithinTheLag) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    World world(seed);
    for (int i = 0; i < 400; ++i) {
      world.write();
      world.read();
      if (testing::Test::HasFailure()) return;
    }
  }
}

TEST(PastRows, OfThePresentAreTheStores) {
  const std::unique_ptr<Store> store = *Store::open({});
  RowHistory history;
  history.keep(1h);
  const RowChange change{"a", "old"};
  const RowWrite row{.key = "a", .value = "new"};
  {
    const PendingChanges pending = history.record(TimePoint(1s), {&change, 1});
    ASSERT_TRUE(store->commit({&row, 1}));
  }
  const Moment present;
  std::string value;
  EXPECT_TRUE(*get_row(*store, present, "a", &value));
  EXPECT_EQ(value, "new");
  EXPECT_EQ(scan(*store, {.first = "", .end = ""}, present),
            expected({{"a", "new"}}, {.first = "", .end = ""}));
}

// Each writer counts one row up, in steps of one; the rows of a pair change in one batch. A reader
// must see every row within what it was at its moment, never going back, and both rows of a pair
// alike.
TEST(PastRows, AreInOrderWhileTheyAreWritten) {
  constexpr int kWriters = 2;
  constexpr int kWrites = 2000;
  const std::unique_ptr<Store> store = *Store::open({});
  ManualClock clock{TimePoint(1s)};
  RowHistory history;
  history.keep(1ms);
  std::atomic<int> running{kWriters};

  const auto write = [&](const std::string& name) {
    const std::string keys[] = {"x" + name, "y" + name};
    std::string before;
    for (int i = 1; i <= kWrites; ++i) {
      const std::string after = std::to_string(i);
      std::vector<RowChange> changes;
      std::vector<RowWrite> rows;
      for (const std::string& key : keys) {
        changes.push_back({.key = key, .before = {}});
        if (i > 1) changes.back().before = before;
        rows.push_back({.key = key, .value = after});
      }
      const PendingChanges pending = history.record(clock.now(), changes);
      EXPECT_TRUE(store->commit(rows));
      before = after;
      clock.advance(10us);
    }
    --running;
  };
  const auto read = [&] {
    std::map<std::string, int> seen;
    while (running > 0) {
      const TimePoint now = clock.now();
      history.advance(now);
      const Moment moment = history.at(now - 1ms);
      std::map<std::string, int> rows;
      for (const auto& [key, value] : scan(*store, {.first = "", .end = ""}, moment)) {
        rows[key] = std::stoi(value);
      }
      for (const auto& [key, value] : rows) {
        EXPECT_GE(value, seen[key]) << key;
        const std::string other = (key[0] == 'x' ? "y" : "x") + key.substr(1);
        EXPECT_EQ(value, rows[other]) << key;
      }
      seen = std::move(rows);
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < kWriters; ++i) threads.emplace_back(write, std::to_string(i));
  for (int i = 0; i < 2; ++i) threads.emplace_back(read);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(scan(*store, {.first = "x0", .end = "x1"}, history.at(clock.now() - 1ms)).size(), 1U);
}

}  // namespace
}  // namespace stator
