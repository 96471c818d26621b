#include "api/write_plan.h"

#include <gtest/gtest.h>

#include "../expression/support.h"
#include "padded_json.h"

namespace stator {
namespace {

using testing_support::item_bytes_of;
using testing_support::repeated;
using testing_support::Request;
using testing_support::show;

// One decision: a plan from texts, held against a stored item.
class Decision {
 public:
  Decision(WriteKind kind, std::string_view item) : item_(item_bytes_of(item)) {
    plan_.kind = kind;
    plan_.table = &table_;
    plan_.item = ItemView::trusted(item_);
  }

  Decision& condition(std::string_view text) {
    plan_.condition =
        *parse_condition(ConditionKind::condition, text, &request_.placeholders, &request_.arena);
    return *this;
  }
  Decision& update(std::string_view text) {
    plan_.update = *parse_update(text, &request_.placeholders, &request_.arena);
    return *this;
  }
  Decision& returning_item_on_failure() {
    plan_.return_item_on_failure = true;
    return *this;
  }
  Decision& with(std::string_view key, std::string_view value) {
    values_.push_back(testing_support::value_bytes_of(value));
    request_.placeholders.values.push_back({.key = key, .value = ValueView(values_.back())});
    return *this;
  }

  Result<WriteEffect> against(std::string_view stored) {
    stored_ = item_bytes_of(stored);
    buffer_.clear();
    return decide_write(plan_, ItemView::trusted(stored_), &buffer_, &request_.arena);
  }
  Result<WriteEffect> against_nothing() {
    buffer_.clear();
    return decide_write(plan_, std::nullopt, &buffer_, &request_.arena);
  }

  // The units, had the condition failed.
  double failed_against(std::string_view stored) {
    stored_ = item_bytes_of(stored);
    return failed_write_units(plan_, ItemView::trusted(stored_), &buffer_);
  }
  double failed_against_nothing() { return failed_write_units(plan_, std::nullopt, &buffer_); }

 private:
  Table table_;
  std::string item_;
  std::string stored_;
  std::string buffer_;
  std::deque<std::string> values_;
  Request request_;
  WritePlan plan_;
};

std::string show(const std::optional<ItemView>& item) {
  return item ? show(item->attributes()) : "(none)";
}

void expect_effect(const Result<WriteEffect>& effect, std::string_view before,
                   std::string_view after) {
  ASSERT_TRUE(effect) << effect.error().message();
  EXPECT_EQ(show(effect->before), before);
  EXPECT_EQ(show(effect->after), after);
  EXPECT_TRUE(effect->writes);
}

void expect_error(const Result<WriteEffect>& effect, ErrorCode code, std::string_view message) {
  ASSERT_FALSE(effect);
  EXPECT_EQ(effect.error().code(), code);
  EXPECT_EQ(effect.error().message(), message);
}

std::string text_of_kib(std::size_t kib) {
  return "\"" + std::string(kib * 1024, 'x') + "\"";
}

TEST(DecidePut, ReplacesWhateverIsThere) {
  Decision put(WriteKind::put, R"({pk: "k", a: 1})");
  expect_effect(put.against(R"({pk: "k", b: 2})"), R"({b: 2, pk: "k"})", R"({a: 1, pk: "k"})");
  expect_effect(put.against_nothing(), "(none)", R"({a: 1, pk: "k"})");
}

TEST(DecideRemove, LeavesNothing) {
  Decision remove(WriteKind::remove, R"({pk: "k"})");
  expect_effect(remove.against(R"({pk: "k", b: 2})"), R"({b: 2, pk: "k"})", "(none)");
}

TEST(DecideRemove, OfNothingWritesNothing) {
  Decision remove(WriteKind::remove, R"({pk: "k"})");
  const Result<WriteEffect> effect = remove.against_nothing();
  ASSERT_TRUE(effect);
  EXPECT_FALSE(effect->writes);
  EXPECT_EQ(show(effect->before), "(none)");
  EXPECT_EQ(show(effect->after), "(none)");
  EXPECT_EQ(effect->units.table, 1.0);
}

TEST(DecideUpdate, ChangesTheStoredItem) {
  Decision update(WriteKind::update, R"({pk: "k"})");
  update.with(":v", "5").update("SET a = a + :v REMOVE b");
  expect_effect(update.against(R"({pk: "k", a: 1, b: 2})"), R"({a: 1, b: 2, pk: "k"})",
                R"({a: 6, pk: "k"})");
}

TEST(DecideUpdate, CreatesAMissingItemFromItsKey) {
  Decision set(WriteKind::update, R"({pk: "k"})");
  set.with(":v", "5").update("SET a = :v");
  expect_effect(set.against_nothing(), "(none)", R"({a: 5, pk: "k"})");
  Decision add(WriteKind::update, R"({pk: "k"})");
  add.with(":v", "5").update("ADD a :v");
  expect_effect(add.against_nothing(), "(none)", R"({a: 5, pk: "k"})");
}

TEST(DecideUpdate, WithoutAnExpressionCreatesAMissingItemAndLeavesAnyOther) {
  Decision update(WriteKind::update, R"({pk: "k"})");
  expect_effect(update.against_nothing(), "(none)", R"({pk: "k"})");
  expect_effect(update.against(R"({pk: "k", a: 1})"), R"({a: 1, pk: "k"})", R"({a: 1, pk: "k"})");
}

TEST(DecideUpdate, ThatOnlyTakesAwayCreatesNothing) {
  for (const char* const text : {"REMOVE a", "DELETE a :s", "REMOVE a.b DELETE c :s"}) {
    Decision update(WriteKind::update, R"({pk: "k"})");
    update.with(":s", R"(<"x">)").update(text);
    const Result<WriteEffect> effect = update.against_nothing();
    ASSERT_TRUE(effect) << text;
    EXPECT_FALSE(effect->writes) << text;
    EXPECT_EQ(show(effect->after), "(none)") << text;
    EXPECT_EQ(effect->units.table, 1.0) << text;
  }
}

TEST(DecideUpdate, PassesOnWhatTheUpdateRefuses) {
  Decision update(WriteKind::update, R"({pk: "k"})");
  update.with(":v", "5").update("SET a.b = :v");
  expect_error(update.against(R"({pk: "k"})"), ErrorCode::validation,
               "The document path provided in the update expression is invalid for update");
}

TEST(DecideUpdate, RefusesAnItemThatBecameTooLarge) {
  Decision update(WriteKind::update, R"({pk: "k"})");
  update.with(":v", text_of_kib(200)).update("SET b = :v");
  const std::size_t room = 400 * 1024 - 200 * 1024 - 5;  // less the names pk, a, b and the key
  const std::string fits = "{pk: \"k\", a: \"" + std::string(room, 'x') + "\"}";
  const std::string larger = "{pk: \"k\", a: \"" + std::string(room + 1, 'x') + "\"}";
  const Result<WriteEffect> largest = update.against(fits);
  ASSERT_TRUE(largest);
  EXPECT_EQ(largest->after->logical_size(), 400U * 1024);
  EXPECT_EQ(largest->units.table, 400.0);
  expect_error(update.against(larger), ErrorCode::validation,
               "Item size to update has exceeded the maximum allowed size");
}

TEST(DecideUpdate, RefusesAnItemThatBecameTooDeep) {
  const std::string deepest = repeated("[", 31) + "7" + repeated("]", 31);
  const std::string stored = R"({pk: "k", m: {}})";
  Decision whole(WriteKind::update, R"({pk: "k"})");
  whole.with(":v", deepest).update("SET a = :v");
  EXPECT_TRUE(whole.against(stored));
  Decision inside(WriteKind::update, R"({pk: "k"})");
  inside.with(":v", deepest).update("SET m.a = :v");
  expect_error(inside.against(stored), ErrorCode::validation,
               "Nesting Levels have exceeded supported limits: Attributes in the item have nested "
               "levels beyond supported limit");
}

TEST(DecideCondition, LetsTheWriteThroughWhenItHolds) {
  Decision put(WriteKind::put, R"({pk: "k", a: 2})");
  put.with(":one", "1").condition("a = :one");
  expect_effect(put.against(R"({pk: "k", a: 1})"), R"({a: 1, pk: "k"})", R"({a: 2, pk: "k"})");
}

TEST(DecideCondition, ThatFailsIsAnErrorWithoutTheItem) {
  for (const WriteKind kind : {WriteKind::put, WriteKind::update, WriteKind::remove}) {
    Decision write(kind, R"({pk: "k"})");
    write.with(":one", "1").condition("a = :one");
    const Result<WriteEffect> effect = write.against(R"({pk: "k", a: 3})");
    expect_error(effect, ErrorCode::conditional_check_failed, "The conditional request failed");
    EXPECT_EQ(effect.error().item(), "");
  }
}

TEST(DecideCondition, ThatFailsGivesTheStoredItemWhereItIsAskedFor) {
  Decision put(WriteKind::put, R"({pk: "k", a: 2})");
  put.with(":one", "1").condition("a = :one").returning_item_on_failure();
  const Result<WriteEffect> failed = put.against(R"({pk: "k", a: 3})");
  ASSERT_FALSE(failed);
  EXPECT_EQ(show(ItemView::trusted(failed.error().item()).attributes()), R"({a: 3, pk: "k"})");
  const Result<WriteEffect> nothing = put.against_nothing();
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().item(), "");
}

TEST(DecideCondition, SeesNoAttributesOfAMissingItemNotEvenItsKey) {
  Decision put(WriteKind::put, R"({pk: "k", a: 2})");
  put.condition("attribute_not_exists(pk)");
  EXPECT_TRUE(put.against_nothing());
  EXPECT_FALSE(put.against(R"({pk: "k"})"));
}

TEST(DecideCondition, ComesBeforeTheUpdate) {
  Decision update(WriteKind::update, R"({pk: "k"})");
  update.with(":v", "5").update("SET a.b = :v").condition("attribute_exists(c)");
  expect_error(update.against(R"({pk: "k"})"), ErrorCode::conditional_check_failed,
               "The conditional request failed");
}

TEST(DecideUnits, AreThoseOfTheLargerItem) {
  Decision shrink(WriteKind::put, R"({pk: "k"})");
  EXPECT_EQ(shrink.against("{pk: \"k\", a: " + text_of_kib(3) + "}")->units.table, 4.0);
  EXPECT_EQ(shrink.against_nothing()->units.table, 1.0);
  Decision grow(WriteKind::put, "{pk: \"k\", a: " + text_of_kib(2) + "}");
  EXPECT_EQ(grow.against(R"({pk: "k"})")->units.table, 3.0);
  Decision remove(WriteKind::remove, R"({pk: "k"})");
  EXPECT_EQ(remove.against("{pk: \"k\", a: " + text_of_kib(9) + "}")->units.table, 10.0);
}

TEST(FailedWriteUnits, AreThoseOfTheItemThereOrOfTheOneAttempted) {
  const std::string small = R"({pk: "k"})";
  const std::string of_three_kib = "{pk: \"k\", a: " + text_of_kib(3) + "}";
  EXPECT_EQ(Decision(WriteKind::put, of_three_kib).failed_against(small), 4.0);
  EXPECT_EQ(Decision(WriteKind::put, of_three_kib).failed_against_nothing(), 4.0);
  EXPECT_EQ(Decision(WriteKind::put, small).failed_against(of_three_kib), 4.0);
  EXPECT_EQ(Decision(WriteKind::remove, small).failed_against(of_three_kib), 4.0);
  EXPECT_EQ(Decision(WriteKind::remove, small).failed_against_nothing(), 1.0);
}

TEST(FailedWriteUnits, OfAnUpdateAreThoseOfTheItemItWouldHaveMade) {
  Decision update(WriteKind::update, R"({pk: "k"})");
  update.with(":v", text_of_kib(3)).update("SET b = :v");
  EXPECT_EQ(update.failed_against(R"({pk: "k"})"), 4.0);
  EXPECT_EQ(update.failed_against("{pk: \"k\", a: " + text_of_kib(3) + "}"), 7.0);
  Decision impossible(WriteKind::update, R"({pk: "k"})");
  impossible.with(":v", text_of_kib(3)).update("SET b.c = :v");
  EXPECT_EQ(impossible.failed_against(R"({pk: "k"})"), 1.0);
}

TEST(DecideWrite, MayBeRepeated) {
  Decision update(WriteKind::update, R"({pk: "k"})");
  update.with(":v", "5").update("SET a = a + :v");
  for (int i = 0; i < 3; ++i) {
    expect_effect(update.against(R"({pk: "k", a: 1})"), R"({a: 1, pk: "k"})", R"({a: 6, pk: "k"})");
  }
}

}  // namespace
}  // namespace stator
