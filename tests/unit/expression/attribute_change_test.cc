// AttributeUpdates as updates.
#include "expression/attribute_change.h"

#include <gtest/gtest.h>

#include "support.h"

namespace stator {
namespace {

using testing_support::item_bytes_of;
using testing_support::Request;
using testing_support::show;

// The item after one change of the attribute "a", or the error.
std::string changed(std::string_view before, ChangeAction action, const char* value) {
  Request r({}, {{":v", value == nullptr ? "1" : value}});
  AttributeChange change{.attribute = "a", .action = action, .value = std::nullopt};
  if (value != nullptr) change.value = r.placeholders.values[0].value;
  const Update update = update_of({&change, 1}, &r.arena);
  const std::string item = item_bytes_of(before);
  std::string out;
  const Result<ItemView> after =
      apply_update(update, ItemView::trusted(item).attributes(), true, &out);
  return after ? show(after->attributes()) : after.error().message();
}

TEST(AttributeChanges, PutAddAndDelete) {
  EXPECT_EQ(changed("{a: 1, b: 2}", ChangeAction::put, "\"x\""), "{a: \"x\", b: 2}");
  EXPECT_EQ(changed("{a: 1}", ChangeAction::add, "2"), "{a: 3}");
  EXPECT_EQ(changed("{a: [1]}", ChangeAction::add, "[1]"), "{a: [1, 1]}");
  EXPECT_EQ(changed("{a: 1, b: 2}", ChangeAction::del, nullptr), "{b: 2}");
  EXPECT_EQ(changed("{a: <1, 2>}", ChangeAction::del, "<2>"), "{a: <1>}");
}

TEST(AttributeChanges, OfAnotherTypeHaveATextOfTheirOwn) {
  EXPECT_EQ(changed("{a: \"x\"}", ChangeAction::add, "2"), "Type mismatch for attribute to update");
  EXPECT_EQ(changed("{a: [1]}", ChangeAction::del, "<2>"), "Type mismatch for attribute to update");
}

TEST(AttributeChanges, CreateAnItemUnlessTheyOnlyTakeAway) {
  Request r({}, {{":v", "1"}});
  AttributeChange change{.attribute = "a", .action = ChangeAction::del, .value = std::nullopt};
  EXPECT_FALSE(update_of({&change, 1}, &r.arena).creates_item);
  change = {.attribute = "a", .action = ChangeAction::put, .value = r.placeholders.values[0].value};
  EXPECT_TRUE(update_of({&change, 1}, &r.arena).creates_item);
}

}  // namespace
}  // namespace stator
