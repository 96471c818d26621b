#include "api/keys.h"

#include <gtest/gtest.h>

#include "../expression/support.h"
#include "storage/index_row.h"
#include "storage/row_key.h"

namespace stator {
namespace {

using testing_support::item_bytes_of;
using testing_support::show;
using testing_support::value_bytes_of;

constexpr char kInvalid[] = "One or more parameter values were invalid: ";
constexpr char kMismatch[] = "The provided key element does not match the schema";

KeySchema schema(AttributeType partition, std::optional<AttributeType> sort = std::nullopt) {
  KeySchema key;
  key.partition = {{.name = "pk", .type = partition}};
  if (sort) key.sort = {{.name = "sk", .type = *sort}};
  return key;
}

const KeySchema kString = schema(AttributeType::S);
const KeySchema kStringNumber = schema(AttributeType::S, AttributeType::N);
const KeySchema kBinaryString = schema(AttributeType::B, AttributeType::S);

// The text of what `check` finds wrong with an item; "" when it is right.
template <typename Check>
std::string outcome(Check&& check, const KeySchema& key, const std::string& item) {
  const std::string bytes = item_bytes_of(item);
  const Result<void> result = check(key, ItemView::trusted(bytes).attributes());
  if (result) return "";
  EXPECT_EQ(result.error().code(), ErrorCode::validation);
  return result.error().message();
}

std::string in_item(const KeySchema& key, const std::string& item) {
  return outcome(check_key_in_item, key, item);
}

std::string as_key(const KeySchema& key, const std::string& item) {
  return outcome(check_key, key, item);
}

std::string quoted(std::size_t size) {
  return "\"" + std::string(size, 'x') + "\"";
}

TEST(KeyInItem, MayHaveOtherAttributesBesideIt) {
  EXPECT_EQ(in_item(kString, R"({pk: "x", a: 1, b: {}})"), "");
  EXPECT_EQ(in_item(kStringNumber, R"({pk: "x", sk: 1, a: 1})"), "");
}

TEST(KeyInItem, IsNamedWhenItIsMissing) {
  EXPECT_EQ(in_item(kString, "{a: 1}"), std::string(kInvalid) + "Missing the key pk in the item");
  EXPECT_EQ(in_item(kStringNumber, R"({pk: "x"})"),
            std::string(kInvalid) + "Missing the key sk in the item");
  EXPECT_EQ(in_item(kStringNumber, "{}"), std::string(kInvalid) + "Missing the key pk in the item");
}

TEST(KeyInItem, IsNamedWithBothTypesWhenItHasAnother) {
  EXPECT_EQ(in_item(kString, "{pk: 1}"),
            std::string(kInvalid) + "Type mismatch for key pk expected: S actual: N");
  EXPECT_EQ(in_item(kStringNumber, R"({pk: "x", sk: null})"),
            std::string(kInvalid) + "Type mismatch for key sk expected: N actual: NULL");
  EXPECT_EQ(in_item(kBinaryString, R"({pk: <b"x">, sk: "y"})"),
            std::string(kInvalid) + "Type mismatch for key pk expected: B actual: BS");
}

TEST(KeyInItem, OfWrongTypeComesBeforeOneThatIsEmpty) {
  EXPECT_EQ(in_item(kBinaryString, R"({pk: b"", sk: 1})"),
            std::string(kInvalid) + "Type mismatch for key sk expected: S actual: N");
}

TEST(KeyValue, IsNotEmpty) {
  constexpr char kEmpty[] =
      "One or more parameter values are not valid. The AttributeValue for a key attribute cannot "
      "contain an empty ";
  EXPECT_EQ(in_item(kString, R"({pk: ""})"), std::string(kEmpty) + "string value. Key: pk");
  EXPECT_EQ(as_key(kString, R"({pk: ""})"), std::string(kEmpty) + "string value. Key: pk");
  EXPECT_EQ(as_key(kBinaryString, R"({pk: b"", sk: "x"})"),
            std::string(kEmpty) + "binary value. Key: pk");
  EXPECT_EQ(as_key(kBinaryString, R"({pk: b"x", sk: ""})"),
            std::string(kEmpty) + "string value. Key: sk");
}

TEST(KeyValue, OfAPartitionKeyHasAtMost2048Bytes) {
  EXPECT_EQ(as_key(kString, "{pk: " + quoted(2048) + "}"), "");
  EXPECT_EQ(
      as_key(kString, "{pk: " + quoted(2049) + "}"),
      std::string(kInvalid) + "Size of hashkey has exceeded the maximum size limit of2048 bytes");
  EXPECT_EQ(in_item(kString, "{pk: " + quoted(2049) + "}"),
            as_key(kString, "{pk: " + quoted(2049) + "}"));
}

TEST(KeyValue, OfASortKeyHasAtMost1024Bytes) {
  EXPECT_EQ(as_key(kBinaryString, "{pk: b\"x\", sk: " + quoted(1024) + "}"), "");
  EXPECT_EQ(as_key(kBinaryString, "{pk: b\"x\", sk: " + quoted(1025) + "}"),
            std::string(kInvalid) +
                "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
}

TEST(Key, HasExactlyTheKeyAttributes) {
  EXPECT_EQ(as_key(kString, R"({pk: "x"})"), "");
  EXPECT_EQ(as_key(kStringNumber, R"({pk: "x", sk: -1.5})"), "");
  for (const char* const wrong : {"{}", R"({a: "x"})", "{pk: 1}", R"({pk: "x", a: 1})",
                                  R"({pk: "x", sk: 1})", R"({pk: <"x">})"}) {
    EXPECT_EQ(as_key(kString, wrong), kMismatch) << wrong;
  }
  for (const char* const wrong : {R"({pk: "x"})", "{sk: 1}", R"({pk: "x", sk: "1"})",
                                  R"({pk: "x", a: 1})", R"({pk: "x", sk: 1, a: 1})"}) {
    EXPECT_EQ(as_key(kStringNumber, wrong), kMismatch) << wrong;
  }
}

TEST(Key, OfTheRightShapeMayStillHaveAWrongValue) {
  const std::string empty = item_bytes_of(R"({pk: ""})");
  EXPECT_TRUE(check_key_shape(kString, ItemView::trusted(empty).attributes()));
  EXPECT_FALSE(check_key(kString, ItemView::trusted(empty).attributes()));
}

TEST(RowKeyOf, IsPartitionAndSortKeyWhateverElseTheItemHolds) {
  TableDefinition table;
  table.keyspace = 7;
  table.key = kStringNumber;
  std::string expected;
  const std::string pk = value_bytes_of("\"x\"");
  const std::string sk = value_bytes_of("-1.5");
  append_partition(7, ValueView(pk), &expected);
  append_key_part(ValueView(sk), &expected);
  for (const char* const item : {R"({pk: "x", sk: -1.5})", R"({a: 1, pk: "x", sk: -1.50, z: 2})"}) {
    const std::string bytes = item_bytes_of(item);
    std::string row_key;
    append_table_row_key(table, ItemView::trusted(bytes).attributes(), &row_key);
    EXPECT_EQ(row_key, expected);
  }
}

TEST(KeyOf, HoldsJustTheKeyAttributes) {
  const std::string item = item_bytes_of(R"({a: 1, pk: "x", q: {}, sk: 2, z: null})");
  std::string bytes = "before";
  TableDefinition table;
  table.key = kStringNumber;
  const ItemView key = append_key_of(table, nullptr, ItemView::trusted(item).attributes(), &bytes);
  EXPECT_EQ(show(key.attributes()), R"({pk: "x", sk: 2})");
  EXPECT_EQ(key.logical_size(), 2U + 1U + 2U + 2U);
}

}  // namespace
}  // namespace stator
