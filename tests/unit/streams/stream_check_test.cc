#include "streams/stream_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../expression/support.h"
#include "stream_table.h"
#include "streams/stream_record.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::EndsWith;
using testing::IsEmpty;
using testing_support::item_bytes_of;
using testing_support::StreamTable;

constexpr TimePoint kStart = StreamTable::kStart;

class StreamCheckTest : public testing::Test {
 protected:
  CheckReport report() {
    CheckReport report;
    const StoreView view = table_.store().view();
    EXPECT_TRUE(check_streams(view, &report));
    EXPECT_EQ(report.problem_count, report.problems.size());
    return report;
  }
  std::vector<std::string> problems() { return report().problems; }

  std::string key_of(std::uint32_t shard, std::uint64_t number) {
    std::string key;
    append_record_key({.keyspace = table_.definition().keyspace, .shard = shard}, number, &key);
    return key;
  }
  void write(const std::string& key, const std::string& value) {
    const RowWrite row{.key = key, .value = value, .erase = value.empty()};
    ASSERT_TRUE(table_.store().commit({&row, 1}));
  }
  std::string stored(const std::string& key) {
    std::string value;
    EXPECT_TRUE(*table_.store().get(key, &value));
    return value;
  }
  // A record of an item with that key, of the table's view type.
  static std::string record(const std::string& before, const std::string& after) {
    const std::string old_item = before.empty() ? "" : item_bytes_of(before);
    const std::string new_item = after.empty() ? "" : item_bytes_of(after);
    ItemChange change;
    if (!before.empty()) change.before = ItemView::trusted(old_item);
    if (!after.empty()) change.after = ItemView::trusted(new_item);
    const KeySchema key = {.partition = {{.name = "pk", .type = AttributeType::S}}, .sort = {}};
    std::string bytes;
    append_stream_record(change, key, StreamViewType::new_and_old_images, &bytes);
    return bytes;
  }

  StreamTable table_;
};

TEST_F(StreamCheckTest, FindsNothingInAStreamThatIsInOrder) {
  table_.put("a", kStart);
  table_.put("b", kStart);
  EXPECT_THAT(problems(), IsEmpty());
  EXPECT_EQ(report().stream_records, 2U);
}

TEST_F(StreamCheckTest, FindsARecordOfNoShard) {
  write(key_of(9, 1), record("", R"({pk: "a"})"));
  EXPECT_THAT(problems(), ElementsAre("table t, stream 1970-01-12T13:46:40.000, record "
                                      "100000000000000000009: the record is in no shard"));
}

TEST_F(StreamCheckTest, FindsANumberThatTheShardDoesNotGive) {
  write(key_of(1, 0), record("", R"({pk: "a"})"));
  EXPECT_THAT(problems(), ElementsAre(EndsWith("the record's number is not one of its shard")));
}

TEST_F(StreamCheckTest, FindsARecordThatIsDamaged) {
  table_.put("a", kStart);
  write(key_of(1, 1), stored(key_of(1, 1)).substr(1));
  EXPECT_THAT(problems(), ElementsAre(EndsWith("the record is damaged")));
}

TEST_F(StreamCheckTest, FindsAKeyThatIsNotThatOfARecord) {
  write(key_of(1, 1) + "x", record("", R"({pk: "a"})"));
  EXPECT_THAT(problems(), ElementsAre(EndsWith("the row's key is not that of a record")));
}

TEST_F(StreamCheckTest, FindsAWriteWithoutItsRecord) {
  table_.put("a", kStart);
  write(key_of(1, 2), record(R"({pk: "a"})", R"({pk: "a", v: 2})"));
  EXPECT_THAT(problems(), ElementsAre(EndsWith("its item has changed since without a record")));
}

TEST_F(StreamCheckTest, FindsARecordWithoutItsWrite) {
  write(key_of(1, 1), record("", R"({pk: "a"})"));
  EXPECT_THAT(problems(), ElementsAre(EndsWith("its item is not there")));
}

TEST_F(StreamCheckTest, FindsARemovalWithoutItsWrite) {
  table_.put("a", kStart);
  write(key_of(1, 2), record(R"({pk: "a"})", ""));
  EXPECT_THAT(problems(), ElementsAre(EndsWith("it removes an item that is there")));
}

TEST_F(StreamCheckTest, FindsARecordThatIsMissingBetweenOthers) {
  table_.put("a", kStart);
  write(key_of(1, 2), record("", R"({pk: "a"})"));
  EXPECT_THAT(problems(), ElementsAre(EndsWith("it inserts an item that is there")));
  write(key_of(1, 2), record(R"({pk: "a"})", ""));
  write(key_of(1, 3), record(R"({pk: "a", v: 1})", R"({pk: "a"})"));
  EXPECT_THAT(problems(), ElementsAre(EndsWith("it changes an item that is gone")));
}

TEST_F(StreamCheckTest, LooksAtNoItemsOnceTheStreamIsDisabled) {
  table_.put("a", kStart);
  table_.change([](TableDefinition* t) { t->stream->end = StreamEnd{kStart, kStart}; });
  write(key_of(1, 2), record(R"({pk: "a"})", R"({pk: "a", v: 2})"));
  EXPECT_THAT(problems(), IsEmpty());
}

}  // namespace
}  // namespace stator
