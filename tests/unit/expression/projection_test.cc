#include "expression/projection.h"

#include <gtest/gtest.h>

#include "support.h"

namespace stator {
namespace {

using testing_support::item_bytes_of;
using testing_support::Request;
using testing_support::show;
using testing_support::syntax;

Request request() {
  return Request({{"#a", "a"}, {"#name", "name"}, {"#dot", "a.b"}}, {});
}

std::string projected(std::string_view text, std::string_view item) {
  Request r = request();
  const Result<Projection> projection = parse_projection(text, &r.placeholders, &r.arena);
  if (!projection) return projection.error().message();
  const std::string bytes = item_bytes_of(item);
  std::string out = "kept";
  const ItemView shown = project(*projection, ItemView::trusted(bytes).attributes(), &out);
  EXPECT_TRUE(ItemView::parse(shown.bytes()));
  EXPECT_EQ(out, "kept" + std::string(shown.bytes()));
  return show(shown.attributes());
}

struct Case {
  std::string text;
  std::string shown;
};

TEST(Projection, ShowsWhatItsPathsSelect) {
  const std::string_view item =
      "{a: 1, a.b: 2, l: [0, 1, {k: 2, j: 3}, [4, 5]], m: {x: {y: 1, z: 2}, w: 3}, name: \"n\"}";
  for (const Case& c :
       std::initializer_list<Case>{{"a", "{a: 1}"},
                                   {"#name, a", "{a: 1, name: \"n\"}"},
                                   {"#dot", "{a.b: 2}"},
                                   {"m", "{m: {w: 3, x: {y: 1, z: 2}}}"},
                                   {"m.x.z", "{m: {x: {z: 2}}}"},
                                   {"m.x.z, m.w", "{m: {w: 3, x: {z: 2}}}"},
                                   {"m.x.y, a, m.x.z", "{a: 1, m: {x: {y: 1, z: 2}}}"},
                                   {"l[1]", "{l: [1]}"},
                                   {"l[3], l[0]", "{l: [0, [4, 5]]}"},
                                   {"l[2].j, l[0]", "{l: [0, {j: 3}]}"},
                                   {"l[3][1], l[2].k", "{l: [{k: 2}, [5]]}"},
                                   {"l[10], l[1], l[2]", "{l: [1, {j: 3, k: 2}]}"}}) {
    EXPECT_EQ(projected(c.text, item), c.shown) << c.text;
  }
}

TEST(Projection, DropsWhatIsMissing) {
  const std::string_view item = "{a: 1, l: [0, {k: 1}], m: {x: 1}}";
  for (const char* text : {"q", "q.r", "q[0]", "a.b", "a[0]", "l[7]", "l.k", "m[0]", "m.y",
                           "l[0].k", "l[1].j", "m.x.y", "l[7].k, l[8]"}) {
    EXPECT_EQ(projected(text, item), "{}") << text;
  }
  EXPECT_EQ(projected("q, a, m.y, l[1].j, l[1].k", item), "{a: 1, l: [{k: 1}]}");
  EXPECT_EQ(projected("a", "{}"), "{}");
}

TEST(Projection, RefusesWhatItCannotRead) {
  const std::string prefix = "Invalid ProjectionExpression: ";
  for (const Case& c : std::initializer_list<Case>{
           {"", "The expression can not be empty;"},
           {"a,", syntax("<EOF>", ",")},
           {"a b", syntax("b", "a b")},
           {"a, -b", syntax("-", ", -b")},
           {":v", syntax(":v", ":v")},
           {"a[x]", syntax("x", "[x]")},
           {"size(a)", syntax("(", "size(a")},
           {"a, name", "Attribute name is a reserved keyword; reserved keyword: name"},
           {"a, #x",
            "An expression attribute name used in the document path is not defined; attribute "
            "name: #x"},
           {"a, #a",
            "Two document paths overlap with each other; must remove or rewrite one of these "
            "paths; path one: [a], path two: [a]"},
           {"a.b, a",
            "Two document paths overlap with each other; must remove or rewrite one of these "
            "paths; path one: [a, b], path two: [a]"},
           {"a.b, a[0]",
            "Two document paths conflict with each other; must remove or rewrite one of these "
            "paths; path one: [a, b], path two: [a, [0]]"},
           {std::string(4097, 'a'),
            "Expression size has exceeded the maximum allowed size; expression size: 4097"},
       }) {
    EXPECT_EQ(projected(c.text, "{}"), prefix + c.shown) << c.text;
  }
}

TEST(Projection, OfWholeAttributesTakesNamesInAnyOrder) {
  Arena arena;
  const std::vector<std::string_view> names = {"c", "a", "c", "q"};
  const std::string item = item_bytes_of("{a: 1, b: 2, c: 3}");
  std::string out;
  const ItemView shown =
      project(project_attributes(names, &arena), ItemView::trusted(item).attributes(), &out);
  EXPECT_EQ(show(shown.attributes()), "{a: 1, c: 3}");
}

}  // namespace
}  // namespace stator
