// The delivery of mappings that name a table, and so follow its streams.
#include <gtest/gtest.h>

#include "test_delivery.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing_support::kStart;
using testing_support::kUuid;
using testing_support::TestDelivery;

// A mapping of a table, as the file of functions has them.
void add_table_mapping(TestDelivery* e, StartingPosition position) {
  e->add_function();
  EventSourceMapping mapping;
  mapping.uuid = kUuid;
  mapping.table = "t";
  mapping.region = "us-east-1";
  mapping.function = "f";
  mapping.starting_position = position;
  mapping.created = kStart;
  ASSERT_TRUE(e->registry->add_mapping(mapping, {}));
}

TEST(TableMapping, WaitsForItsTable) {
  TestDelivery e;
  add_table_mapping(&e, StartingPosition::latest);
  e.step();
  EXPECT_EQ(e.state(), "Creating");
  e.source.enable("t", 1, kStart + 1s);
  e.source.write("t", "a", 1);
  e.step();
  EXPECT_EQ(e.state(), "Enabled");
  EXPECT_EQ(e.function->numbers(), "1") << "all of a stream that is younger comes after it";
}

TEST(TableMapping, WaitsForItsFunction) {
  TestDelivery e;
  e.source.enable("t");
  add_table_mapping(&e, StartingPosition::trim_horizon);
  ASSERT_TRUE(e.registry->remove_function("f"));
  e.source.write("t", "a", 1);
  e.step();
  EXPECT_EQ(e.state(), "Creating");
  e.add_function();
  e.step();
  EXPECT_EQ(e.state(), "Enabled");
  EXPECT_EQ(e.function->numbers(), "1");
}

TEST(TableMapping, BeginsWithTheLatestOfAStreamThatIsOlder) {
  TestDelivery e;
  e.source.enable("t", 1, kStart - 1s);
  e.source.write("t", "a", 1);
  add_table_mapping(&e, StartingPosition::latest);
  e.step();
  e.source.write("t", "a", 2);
  e.step();
  EXPECT_EQ(e.function->numbers(), "2");
}

TEST(TableMapping, GoesOnWithTheNextStreamWhenTheLastIsDone) {
  TestDelivery e;
  e.source.enable("t");
  add_table_mapping(&e, StartingPosition::trim_horizon);
  e.source.write("t", "a", 1);
  e.step();
  e.source.disable("t", kStart + 1s);
  e.source.enable("t", 1, kStart + 2s);
  e.source.write("t", "a", 2);
  e.step();
  EXPECT_EQ(e.function->numbers(), "1");
  e.end();
  EXPECT_EQ(e.function->numbers(), "2");
  e.source.drop("t");
  e.source.enable("t", 1, kStart + 3s);
  e.source.write("t", "a", 3);
  e.end();
  EXPECT_EQ(e.function->numbers(), "3");
}

}  // namespace
}  // namespace stator
