#include "model/value.h"

#include <gmock/gmock.h>

#include "model/item.h"
#include "model/value_writer.h"

namespace stator {
namespace {

using testing::ElementsAre;

std::vector<std::string> names_of(const MapView& map) {
  std::vector<std::string> names;
  for (MapView::Cursor c(map); c.next();) names.emplace_back(c.name());
  return names;
}

TEST(Value, AStringKeepsItsBytesAndKnowsWhetherItNeedsEscaping) {
  std::string bytes;
  append_string("plain", &bytes);
  EXPECT_EQ(ValueView(bytes).text(), "plain");
  EXPECT_FALSE(ValueView(bytes).text_view().escape);
  for (const std::string text : {"a \"quote\"", "back\\slash", "new\nline", "12345678\x1f"}) {
    std::string escaped;
    append_string(text, &escaped);
    EXPECT_EQ(ValueView(escaped).text(), text);
    EXPECT_TRUE(ValueView(escaped).text_view().escape) << text;
  }
}

TEST(Value, LongTextsKeepTheirLength) {
  for (const std::size_t size : {63U, 64U, 127U, 128U, 8191U, 8192U, 400000U}) {
    std::string bytes;
    append_string(std::string(size, 'x'), &bytes);
    EXPECT_EQ(ValueView(bytes).text().size(), size);
    EXPECT_EQ(value_bytes::skip(bytes.data()), bytes.data() + bytes.size());
  }
}

TEST(Value, NonAsciiNeedsNoEscape) {
  EXPECT_FALSE(needs_escape("h\xC3\xA9llo w\xC3\xB6rld \xF0\x9F\x98\x80"));
  EXPECT_FALSE(needs_escape("\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f"));
  EXPECT_FALSE(needs_escape("!!!!!!!!"));
}

TEST(MapWriter, SortsNamesAndKeepsTheLastOfTwo) {
  std::string bytes;
  MapWriter map(&bytes);
  for (const auto& [name, value] : {std::pair{"b", "1"}, {"a", "2"}, {"b", "3"}, {"c", "4"}}) {
    map.add(name);
    append_string(value, &bytes);
  }
  map.finish();
  const MapView view = ValueView(bytes).map();
  EXPECT_THAT(names_of(view), ElementsAre("a", "b", "c"));
  EXPECT_EQ(view.find("b")->text(), "3");
  EXPECT_EQ(view.find("x"), std::nullopt);
  EXPECT_EQ(view.count(), 3U);
}

TEST(SetWriter, SortsElementsAndRefusesDuplicates) {
  std::string bytes;
  std::vector<std::string_view> elements = {"b", "c", "a"};
  ASSERT_TRUE(append_set(AttributeType::SS, &elements, &bytes));
  std::vector<std::string> seen;
  for (SetView::Cursor c(ValueView(bytes).set()); c.next();) seen.emplace_back(c.element());
  EXPECT_THAT(seen, ElementsAre("a", "b", "c"));
  EXPECT_TRUE(ValueView(bytes).set().contains("b"));
  EXPECT_FALSE(ValueView(bytes).set().contains("d"));

  std::vector<std::string_view> twice = {"b", "a", "b"};
  const std::string before = bytes;
  EXPECT_FALSE(append_set(AttributeType::SS, &twice, &bytes));
  EXPECT_EQ(bytes, before);
}

// Sizes are those of the AWS guide, "Capacity unit consumption": a list or map is 3, and 1 for each
// element, on top of what it holds.
TEST(Value, HasTheSizeThatDynamoDBBills) {
  std::string bytes;
  ItemWriter item(&bytes);
  item.add("pk");
  append_string("abc", &bytes);  // 2 + 3
  item.add("flag");
  append_bool(true, &bytes);  // 4 + 1
  item.add("none");
  append_null(&bytes);  // 4 + 1
  item.add("l");        // 1 + 3 + (1 + 2) + (1 + 2)
  ListWriter list(&bytes);
  list.add();
  append_string("xy", &bytes);
  list.add();
  append_number(*parse_number("7"), &bytes);
  list.finish();
  item.add("m");  // 1 + 3 + (1 + 1 + 3)
  MapWriter map(&bytes);
  map.add("k");
  append_binary("123", &bytes);
  map.finish();
  EXPECT_EQ(item.finish().logical_size(), 5U + 5U + 5U + 10U + 9U);
}

TEST(Value, NestingCountsTheLeaf) {
  std::string bytes;
  ListWriter outer(&bytes);
  outer.add();
  ListWriter inner(&bytes);
  inner.add();
  append_null(&bytes);
  inner.finish();
  outer.finish();
  EXPECT_EQ(nesting_levels(ValueView(bytes)), 3);
}

class ItemBytes : public testing::Test {
 protected:
  ItemBytes() {
    ItemWriter item(&bytes_);
    item.add("pk");
    append_string("key", &bytes_);
    item.add("n");
    append_number(*parse_number("-12.5"), &bytes_);
    item.add("tags");
    std::vector<std::string_view> tags = {"x", "y"};
    append_set(AttributeType::SS, &tags, &bytes_);
    item.add("nested");
    MapWriter map(&bytes_);
    map.add("list");
    ListWriter list(&bytes_);
    list.add();
    append_bool(false, &bytes_);
    list.finish();
    map.finish();
    item.finish();
  }
  std::string bytes_;
};

TEST_F(ItemBytes, AreReadBack) {
  const Result<ItemView> item = ItemView::parse(bytes_);
  ASSERT_TRUE(item);
  EXPECT_THAT(names_of(item->attributes()), ElementsAre("n", "nested", "pk", "tags"));
  EXPECT_EQ(item->find("pk")->text(), "key");
  EXPECT_EQ(item->find("nested")->map().find("list")->list().find(0)->boolean(), false);
  EXPECT_EQ(item->find("nested")->map().find("list")->list().find(1), std::nullopt);
}

TEST_F(ItemBytes, ThatAreCutShortAreRefused) {
  for (std::size_t size = 0; size < bytes_.size(); ++size) {
    EXPECT_FALSE(ItemView::parse(std::string_view(bytes_).substr(0, size))) << size;
  }
  EXPECT_FALSE(ItemView::parse(bytes_ + "x"));
}

TEST_F(ItemBytes, OfANewerFormatAreRefused) {
  bytes_[0] = 2;
  EXPECT_FALSE(ItemView::parse(bytes_));
}

}  // namespace
}  // namespace stator
