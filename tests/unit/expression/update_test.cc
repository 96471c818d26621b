// What updates make of items.
#include "expression/update.h"

#include <gtest/gtest.h>

#include "support.h"

namespace stator {
namespace {

using testing_support::item_bytes_of;
using testing_support::Request;
using testing_support::show;

enum class Stored { yes, no };

Request request() {
  return Request({{"#dot", "a.b"}}, {{":v", "\"x\""},
                                     {":w", "\"y\""},
                                     {":n", "1"},
                                     {":big", "9e125"},
                                     {":fine", "1e-100"},
                                     {":neg", "-2.5"},
                                     {":ss", "<\"a\", \"b\">"},
                                     {":ns", "<1, 2>"},
                                     {":l", "[7, \"z\"]"},
                                     {":none", "[]"},
                                     {":m", "{k: 1}"}});
}

// The item after the update, or its error.
std::string updated(std::string_view before, std::string_view text, Stored stored = Stored::yes) {
  Request r = request();
  const Result<Update> update = parse_update(text, &r.placeholders, &r.arena);
  if (!update) return update.error().message();
  const std::string item = item_bytes_of(before);
  std::string out = "kept";
  const Result<ItemView> after =
      apply_update(*update, ItemView::trusted(item).attributes(), stored == Stored::yes, &out);
  if (!after) {
    EXPECT_EQ(out, "kept");
    return after.error().message();
  }
  EXPECT_TRUE(ItemView::parse(after->bytes())) << text;
  EXPECT_EQ(out, "kept" + std::string(after->bytes()));
  EXPECT_EQ(after->logical_size(), logical_bytes(after->attributes()));
  return show(after->attributes());
}

struct Case {
  const char* before;
  const char* text;
  const char* after;
};

void expect(std::initializer_list<Case> cases) {
  for (const Case& c : cases) {
    EXPECT_EQ(updated(c.before, c.text), c.after) << c.before << " " << c.text;
  }
}

constexpr const char* kInvalidPath =
    "The document path provided in the update expression is invalid for update";
constexpr const char* kWrongType = "An operand in the update expression has an incorrect data type";
constexpr const char* kMissing =
    "The provided expression refers to an attribute that does not exist in the item";

TEST(Set, WritesAttributes) {
  expect({{"{b: 1}", "SET a = :v", "{a: \"x\", b: 1}"},
          {"{b: 1}", "SET c = :v", "{b: 1, c: \"x\"}"},
          {"{b: 1}", "SET b = :v", "{b: \"x\"}"},
          {"{a: 1, c: 2}", "SET b = :v, d = :m, a = c", "{a: 2, b: \"x\", c: 2, d: {k: 1}}"},
          {"{}", "SET #dot = :v", "{a.b: \"x\"}"}});
}

TEST(Set, ReadsTheItemBeforeTheUpdate) {
  expect({{"{a: 1, b: 2}", "SET a = b, b = a", "{a: 2, b: 1}"},
          {"{a: 1, b: 2}", "SET c = a REMOVE a", "{b: 2, c: 1}"},
          {"{a: [0, 1, 2, 3]}", "REMOVE a[1] SET a[3] = :v", "{a: [0, 2, \"x\"]}"},
          {"{a: [0, 1]}", "SET a[0] = a[1], a[1] = a[0]", "{a: [1, 0]}"}});
}

TEST(Set, WritesInsideMapsAndLists) {
  expect({{"{m: {b: 1}}", "SET m.a = :v", "{m: {a: \"x\", b: 1}}"},
          {"{m: {b: 1}, n: 2}", "SET m.b = :v, m.c = :v", "{m: {b: \"x\", c: \"x\"}, n: 2}"},
          {"{m: {l: [1, {k: 2}]}}", "SET m.l[1].k = :v, m.l[0] = :w, m.z = :n",
           "{m: {l: [\"y\", {k: \"x\"}], z: 1}}"},
          {"{m: {}}", "SET m.a = :v", "{m: {a: \"x\"}}"},
          {"{l: []}", "SET l[5] = :v", "{l: [\"x\"]}"}});
}

TEST(Set, AppendsBeyondTheEndInAscendingOrder) {
  expect({{"{a: [0]}", "SET a[84] = :v, a[37] = :w, a[17] = :n", "{a: [0, 1, \"y\", \"x\"]}"},
          {"{a: [0, 1]}", "SET a[2] = :v", "{a: [0, 1, \"x\"]}"},
          {"{a: [0, 1]}", "REMOVE a[0] SET a[9] = :v", "{a: [1, \"x\"]}"}});
}

TEST(Set, NeedsTheParentOfItsPath) {
  for (const char* text :
       {"SET q.c = :v", "SET q[0] = :v", "SET m.q.c = :v", "SET m[0] = :v", "SET l.c = :v",
        "SET s.c = :v", "SET s[0] = :v", "SET l[7].c = :v", "REMOVE q.c", "REMOVE q[0]",
        "REMOVE m[0]", "REMOVE l.c", "ADD q.c :n", "DELETE q.c :ss"}) {
    EXPECT_EQ(updated("{m: {a: 1}, l: [1], s: \"x\"}", text), kInvalidPath) << text;
  }
  EXPECT_EQ(updated("{pk: \"k\"}", "SET q.c = :v", Stored::no), kInvalidPath);
}

TEST(Set, FailsOnAMissingOperand) {
  for (const char* text : {"SET a = q", "SET a = q + :n", "SET a = list_append(q, :l)",
                           "SET a = m.q", "SET a = if_not_exists(q, p)", "SET a = l[1]"}) {
    EXPECT_EQ(updated("{m: {}, l: [1]}", text), kMissing) << text;
  }
}

TEST(Set, Calculates) {
  expect({{"{a: 1}", "SET a = a + :n", "{a: 2}"},
          {"{a: 1}", "SET a = a - :neg", "{a: 3.5}"},
          {"{a: 1, b: 0.5}", "SET c = a - b", "{a: 1, b: 0.5, c: 0.5}"},
          {"{}", "SET a = if_not_exists(a, :n) + :n", "{a: 2}"},
          {"{a: 1}", "SET a = a - :n", "{a: 0}"},
          {"{a: \"x\"}", "SET a = a + :n", kWrongType},
          {"{a: <1>}", "SET a = a + :n", kWrongType}});
}

TEST(Set, RefusesNumbersOutOfRange) {
  expect({{"{a: 9e125}", "SET a = a + :big",
           "Number overflow. Attempting to store a number with magnitude larger than supported "
           "range"},
          {"{a: 1e50}", "SET a = a + :n",
           "Attempting to store more than 38 significant digits in a Number"},
          {"{a: 1}", "ADD a :fine",
           "Attempting to store more than 38 significant digits in a Number"}});
}

TEST(Set, KeepsWhatExistsOrTakesTheOther) {
  expect({{"{a: 1}", "SET a = if_not_exists(a, :v)", "{a: 1}"},
          {"{b: 1}", "SET a = if_not_exists(a, :v)", "{a: \"x\", b: 1}"},
          {"{b: 1}", "SET a = if_not_exists(b, :v)", "{a: 1, b: 1}"},
          {"{b: 1}", "SET a = if_not_exists(a, if_not_exists(c, :v))", "{a: \"x\", b: 1}"},
          {"{a: null}", "SET a = if_not_exists(a, :v)", "{a: null}"}});
}

TEST(Set, AppendsLists) {
  expect({{"{a: [1]}", "SET a = list_append(a, :l)", "{a: [1, 7, \"z\"]}"},
          {"{a: [1]}", "SET a = list_append(:l, a)", "{a: [7, \"z\", 1]}"},
          {"{}", "SET a = list_append(if_not_exists(a, :none), :l)", "{a: [7, \"z\"]}"},
          {"{a: [1]}", "SET a = list_append(list_append(a, a), :l)", "{a: [1, 1, 7, \"z\"]}"},
          {"{a: 1}", "SET a = list_append(a, :l)", kWrongType},
          {"{a: <1>}", "SET a = list_append(:l, a)", kWrongType}});
}

TEST(Remove, TakesAwayAttributesKeysAndElements) {
  expect({{"{a: 1, b: 2}", "REMOVE a", "{b: 2}"},
          {"{a: 1, b: 2}", "REMOVE a, b", "{}"},
          {"{m: {a: 1, b: 2}}", "REMOVE m.a", "{m: {b: 2}}"},
          {"{m: {a: 1}}", "REMOVE m.a", "{m: {}}"},
          {"{l: [0, 1, 2, 3, 4]}", "REMOVE l[1], l[3]", "{l: [0, 2, 4]}"},
          {"{l: [0]}", "REMOVE l[0]", "{l: []}"},
          {"{l: [{a: 1, b: 2}, 5]}", "REMOVE l[0].a", "{l: [{b: 2}, 5]}"}});
}

TEST(Remove, LeavesWhatIsNotThere) {
  expect({{"{b: 2}", "REMOVE a", "{b: 2}"},
          {"{m: {b: 2}}", "REMOVE m.a", "{m: {b: 2}}"},
          {"{l: [0]}", "REMOVE l[1], l[7]", "{l: [0]}"}});
}

TEST(Update, OfAMissingItemRemovesNothingSilently) {
  EXPECT_EQ(updated("{pk: \"k\"}", "REMOVE a.b, c[1], d, pk.x DELETE e.f :ss", Stored::no),
            "{pk: \"k\"}");
  EXPECT_EQ(updated("{pk: \"k\"}", "SET a = :v ADD n :n REMOVE q.r", Stored::no),
            "{a: \"x\", n: 1, pk: \"k\"}");
}

TEST(Add, CountsFromZero) {
  expect({{"{}", "ADD a :n", "{a: 1}"},
          {"{a: 41}", "ADD a :n", "{a: 42}"},
          {"{a: 1}", "ADD a :neg", "{a: -1.5}"},
          {"{m: {}}", "ADD m.a :n", "{m: {a: 1}}"},
          {"{l: [1]}", "ADD l[0] :n, l[3] :n", "{l: [2, 1]}"}});
}

TEST(Add, UnitesSets) {
  expect({{"{}", "ADD a :ss", "{a: <\"a\", \"b\">}"},
          {"{a: <\"b\", \"c\">}", "ADD a :ss", "{a: <\"a\", \"b\", \"c\">}"},
          {"{a: <2, 10>}", "ADD a :ns", "{a: <1, 2, 10>}"}});
}

TEST(Add, NeedsTheTypeThatIsStored) {
  expect({{"{a: \"x\"}", "ADD a :n", kWrongType},
          {"{a: 1}", "ADD a :ss", kWrongType},
          {"{a: <1>}", "ADD a :ss", kWrongType},
          {"{a: [1]}", "ADD a :n", kWrongType}});
}

TEST(Delete, TakesElementsOutOfSets) {
  expect({{"{a: <\"a\", \"c\">}", "DELETE a :ss", "{a: <\"c\">}"},
          {"{a: <3, 2>}", "DELETE a :ns", "{a: <3>}"},
          {"{a: <\"a\">, b: 1}", "DELETE a :ss", "{b: 1}"},
          {"{a: <\"z\">}", "DELETE a :ss", "{a: <\"z\">}"},
          {"{b: 1}", "DELETE a :ss", "{b: 1}"},
          {"{m: {a: <\"a\">}}", "DELETE m.a :ss", "{m: {}}"},
          {"{a: 1}", "DELETE a :ss", kWrongType},
          {"{a: <1>}", "DELETE a :ss", kWrongType}});
}

TEST(Update, ReportsTheFirstErrorOfTheText) {
  expect({{"{z: \"x\"}", "SET z = z + :n, a = q", kWrongType},
          {"{z: \"x\"}", "SET y = q, a = z + :n", kMissing}});
}

TEST(Update, DoesManyActionsAtOnce) {
  std::string text = "SET ";
  std::string after = "{";
  for (int i = 100; i < 140; ++i) {
    text += (i == 100 ? "a" : ", a") + std::to_string(239 - i) + " = :n";
    after += (i == 100 ? "a" : ", a") + std::to_string(i) + ": 1";
  }
  EXPECT_EQ(updated("{a120: 5}", text), after + "}");
}

// 400 KB appended to itself again and again would be 100 MB.
TEST(Update, StopsBeforeItMultipliesALargeAttribute) {
  const std::string before = "{a: [\"" + std::string(390000, 'x') + "\"]}";
  const std::string error = "Item size to update has exceeded the maximum allowed size";
  std::string nested = "a";
  for (int i = 0; i < 200; ++i) nested = "list_append(a, " + nested + ")";
  EXPECT_EQ(updated(before, "SET b = " + nested), error);
  std::string many = "SET b = a";
  for (int i = 0; i < 300; ++i) many += ", b" + std::to_string(i) + " = a";
  EXPECT_EQ(updated(before, many), error);
}

}  // namespace
}  // namespace stator
