#include "storage/definition_bytes.h"

#include <gtest/gtest.h>

#include "model/item.h"
#include "model/value_writer.h"

namespace stator {
namespace {

using namespace std::chrono_literals;

TableDefinition smallest() {
  TableDefinition table;
  table.keyspace = 1;
  table.name = "t";
  table.table_id = "id";
  table.key.partition = {{.name = "pk", .type = AttributeType::S}};
  return table;
}

// Every field set, none to its default.
IndexDefinition fullest_index() {
  IndexDefinition index;
  index.keyspace = 12;
  index.name = "by.everything";
  index.kind = IndexKind::global;
  index.key.partition = {{.name = "a", .type = AttributeType::S},
                         {.name = "b", .type = AttributeType::N}};
  index.key.sort = {{.name = "c", .type = AttributeType::B}};
  index.projection = {.type = ProjectionType::include, .attributes = {"x", "y"}};
  index.throughput.read_units = 8;
  index.throughput.write_units = 9;
  index.on_demand_maximum = OnDemandMaximum{.read_units = -1, .write_units = 6};
  index.warm = {.read_units = 13'000, .write_units = 5'000};
  index.warm_until = TimePoint(15us);
  index.transition = {.status = TableStatus::creating, .until = TimePoint(8us)};
  index.partitions = PartitionMap::even(3, TimePoint(9us));
  index.allocated = TimePoint(10us);
  index.built = false;
  index.insights = ContributorInsights{.mode = InsightsMode::throttled_keys,
                                       .enabled = true,
                                       .changed = TimePoint(11us),
                                       .until = TimePoint(12us)};
  return index;
}

TableDefinition fullest() {
  TableDefinition table;
  table.keyspace = 0xFFFFFFFE;
  table.space = "000000000000/eu-west-1";
  table.name = "a.table-with_everything";
  table.table_id = "01234567-89ab-4cde-8f01-23456789abcd";
  table.created = TimePoint(1'700'000'000'123'456us);
  table.key.partition = {{.name = "h\xC3\xA9", .type = AttributeType::B}};
  table.key.sort = {{.name = "sort", .type = AttributeType::N}};
  table.indexes = {fullest_index(), IndexDefinition{}};
  table.indexes[1].name = "local";
  table.indexes[1].kind = IndexKind::local;
  table.indexes[1].key.partition = table.key.partition;
  table.collections_keyspace = 77;
  table.stream = TableStream{.keyspace = 78,
                             .created = TimePoint(11ms),
                             .enabled = TimePoint(12us),
                             .view = StreamViewType::old_image,
                             .end = StreamEnd{.asked = TimePoint(13us), .done = TimePoint(14us)},
                             .policy = ResourcePolicy{.document = "{}", .revision = "18"}};
  table.billing = BillingMode::pay_per_request;
  table.throughput = {.read_units = 40'000,
                      .write_units = INT64_MAX,
                      .last_increase = TimePoint(1us),
                      .last_decrease = TimePoint(2us),
                      .decreases_today = 27};
  table.last_pay_per_request = TimePoint(3us);
  table.on_demand_maximum = OnDemandMaximum{.read_units = 5, .write_units = -1};
  table.warm = {.read_units = 12'001, .write_units = 4'001};
  table.warm_until = TimePoint(16us);
  table.table_class = TableClass::infrequent_access;
  table.table_class_updated = TimePoint(4us);
  table.deletion_protection = true;
  table.recent_changes = {.deletion_protection = {TimePoint(31us)},
                          .table_class = {TimePoint(32us), TimePoint(33us)},
                          .to_on_demand = {TimePoint(34us)},
                          .encryption = {TimePoint(35us)}};
  table.tags = {{"a", "1"}, {"b", ""}, {"c", "with \"quotes\""}};
  table.kms_key = "arn:aws:kms:us-east-1:000000000000:key/k";
  table.encryption_until = TimePoint(17us);
  table.policy = ResourcePolicy{.document = "{\"a\":1}", .revision = "17"};
  table.kinesis_destinations = {{.stream_arn = "arn:aws:kinesis:us-east-1:000000000000:stream/s",
                                 .precision = TimestampPrecision::microsecond,
                                 .entered = DestinationStatus::disabling,
                                 .until = TimePoint(41us)}};
  table.recovery =
      PointInTimeRecovery{.enabled = TimePoint(21us), .floor = TimePoint(22us), .days = 9};
  table.transition = {.status = TableStatus::updating, .until = TimePoint(5us)};
  table.partitions = PartitionMap::of(
      {{.first_hash = 0, .id = 2, .parent = 1, .born = TimePoint(6us)},
       {.first_hash = 1, .id = 3, .parent = 1, .born = TimePoint(6us)},
       {.first_hash = 1,
        .first_key = std::string("key\0\xFF", 5),
        .id = 6,
        .parent = 4,
        .born = TimePoint(7us)},
       {.first_hash = UINT64_MAX, .id = 0xFFFFFFFF, .parent = 3, .born = TimePoint(7us)}},
      {{.id = 1, .parent = 0, .born = TimePoint(5us), .ended = TimePoint(6us)},
       {.id = 4, .parent = 1, .born = TimePoint(6us), .ended = TimePoint(7us)}});
  return table;
}

std::string encoded(const TableDefinition& table) {
  std::string bytes;
  append_definition(table, &bytes);
  return bytes;
}

void expect_damaged(const std::string& bytes) {
  const Result<TableDefinition> decoded = decode_definition(bytes);
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().code(), ErrorCode::internal);
}

// The definition `bytes` with one attribute more (or replaced), whose value `append` writes.
template <typename Append>
std::string with_field(const std::string& bytes, std::string_view name, Append&& append) {
  std::string changed;
  ItemWriter item(&changed);
  for (MapView::Cursor c(ItemView::parse(bytes)->attributes()); c.next();) {
    if (c.name() != name) item.add_entry(c.entry());
  }
  item.add(name);
  append(&changed);
  item.finish();
  return changed;
}

std::string without_field(const std::string& bytes, std::string_view name) {
  std::string changed;
  ItemWriter item(&changed);
  for (MapView::Cursor c(ItemView::parse(bytes)->attributes()); c.next();) {
    if (c.name() != name) item.add_entry(c.entry());
  }
  item.finish();
  return changed;
}

TEST(DefinitionBytes, KeepTheSmallestDefinition) {
  const Result<TableDefinition> decoded = decode_definition(encoded(smallest()));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(*decoded, smallest());
}

TEST(DefinitionBytes, KeepEveryField) {
  const Result<TableDefinition> decoded = decode_definition(encoded(fullest()));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(*decoded, fullest());
}

TEST(DefinitionBytes, KeepEveryEnumerator) {
  TableDefinition table = smallest();
  for (const TableStatus status :
       {TableStatus::active, TableStatus::creating, TableStatus::updating, TableStatus::deleting}) {
    table.transition.status = status;
    EXPECT_EQ(decode_definition(encoded(table))->transition.status, status);
  }
  for (const BillingMode billing : {BillingMode::provisioned, BillingMode::pay_per_request}) {
    table.billing = billing;
    EXPECT_EQ(decode_definition(encoded(table))->billing, billing);
  }
  for (const TableClass table_class : {TableClass::standard, TableClass::infrequent_access}) {
    table.table_class = table_class;
    EXPECT_EQ(decode_definition(encoded(table))->table_class, table_class);
  }
}

TEST(DefinitionBytes, AreAppended) {
  std::string bytes = "before";
  append_definition(smallest(), &bytes);
  EXPECT_EQ(bytes, "before" + encoded(smallest()));
}

TEST(DefinitionBytes, WithANameThatNobodyKnowsAreRead) {
  const std::string bytes = with_field(encoded(fullest()), "of a later version",
                                       [](std::string* out) { append_string("value", out); });
  const Result<TableDefinition> decoded = decode_definition(bytes);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(*decoded, fullest());
}

TEST(DefinitionBytes, WithoutAnOptionalFieldHaveItsDefault) {
  std::string bytes = encoded(fullest());
  for (const std::string_view name :
       {"indexes", "collections_keyspace", "last_increase", "last_decrease", "last_pay_per_request",
        "on_demand_read_max", "table_class", "table_class_updated"}) {
    bytes = without_field(bytes, name);
  }
  const Result<TableDefinition> decoded = decode_definition(bytes);
  ASSERT_TRUE(decoded);
  EXPECT_TRUE(decoded->indexes.empty());
  EXPECT_FALSE(decoded->has_local_indexes());
  EXPECT_EQ(decoded->throughput.last_increase, std::nullopt);
  EXPECT_EQ(decoded->on_demand_maximum, std::nullopt);
  EXPECT_EQ(decoded->table_class, std::nullopt);
}

TEST(DefinitionBytes, ThatAreCutShortAreRefused) {
  const std::string bytes = encoded(fullest());
  for (std::size_t size = 0; size < bytes.size(); ++size) expect_damaged(bytes.substr(0, size));
  expect_damaged(bytes + "x");
}

// As the first format wrote a key.
TEST(DefinitionBytes, WithAKeyOfTheFirstFormAreRead) {
  std::string bytes =
      without_field(without_field(encoded(fullest()), "partition_keys"), "sort_keys");
  const auto add = [&](std::string_view name, std::string_view value) {
    bytes = with_field(bytes, name, [&](std::string* out) { append_string(value, out); });
  };
  add("partition_key", "pk");
  add("partition_key_type", "N");
  add("sort_key", "sk");
  add("sort_key_type", "B");
  const Result<TableDefinition> decoded = decode_definition(bytes);
  ASSERT_TRUE(decoded);
  const KeySchema expected = {.partition = {{.name = "pk", .type = AttributeType::N}},
                              .sort = {{.name = "sk", .type = AttributeType::B}}};
  EXPECT_EQ(decoded->key, expected);
}

TEST(DefinitionBytes, WithoutWhatATableMustHaveAreRefused) {
  const std::string bytes = encoded(smallest());
  for (const std::string_view name :
       {"name", "keyspace", "partition_keys", "sort_keys", "partitions", "transition"}) {
    expect_damaged(without_field(bytes, name));
  }
}

TEST(DefinitionBytes, WithAFieldOfAnotherTypeAreRefused) {
  const std::string bytes = encoded(smallest());
  for (const std::string_view name : {"name", "keyspace", "tags", "partitions", "created"}) {
    expect_damaged(with_field(bytes, name, [](std::string* out) { append_null(out); }));
  }
}

TEST(DefinitionBytes, WithAKeyThatIsNoKeyTypeAreRefused) {
  for (const std::string_view type : {"BOOL", "SS", "M", "", "X"}) {
    expect_damaged(with_field(encoded(smallest()), "partition_keys", [type](std::string* out) {
      ListWriter words(out);
      words.add();
      append_string("pk", out);
      words.add();
      append_string(type, out);
      words.finish();
    }));
  }
}

// The smallest definition with a list of lists of numbers under `name`.
std::string with_rows(std::string_view name,
                      const std::vector<std::vector<std::string_view>>& rows) {
  return with_field(encoded(smallest()), name, [&](std::string* out) {
    ListWriter list(out);
    for (const std::vector<std::string_view>& row : rows) {
      list.add();
      ListWriter fields(out);
      for (const std::string_view field : row) {
        fields.add();
        append_number(*parse_number(field), out);
      }
      fields.finish();
    }
    list.finish();
  });
}

TEST(DefinitionBytes, WithPartitionsThatLeaveAGapAreRefused) {
  expect_damaged(with_rows("partitions", {}));
  expect_damaged(with_rows("partitions", {{"5", "1", "0", "0"}}));
  expect_damaged(with_rows("partitions", {{"0", "1", "0", "0"}, {"0", "2", "0", "0"}}));
  expect_damaged(
      with_rows("partitions", {{"0", "1", "0", "0"}, {"9", "2", "0", "0"}, {"8", "3", "0", "0"}}));
}

// As every format before wrote them: four fields, and nothing of partitions that are gone.
TEST(DefinitionBytes, WithPartitionsOfTheFirstFormAreRead) {
  const Result<TableDefinition> decoded =
      decode_definition(with_rows("partitions", {{"0", "1", "0", "8"}, {"7", "2", "0", "8"}}));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->partitions,
            PartitionMap::of({{.first_hash = 0, .id = 1, .parent = 0, .born = TimePoint(8us)},
                              {.first_hash = 7, .id = 2, .parent = 0, .born = TimePoint(8us)}}));
}

TEST(DefinitionBytes, WithPartitionsOfAnotherFormAreRefused) {
  expect_damaged(with_rows("partitions", {{"0", "1", "0"}}));
  expect_damaged(with_rows("partitions", {{"0", "1", "0", "0", "0"}}));
  expect_damaged(with_rows("former_partitions", {{"1", "0", "0"}}));
}

}  // namespace
}  // namespace stator
