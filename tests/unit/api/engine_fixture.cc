#include "engine_fixture.h"

#include <gtest/gtest.h>

#include "../expression/support.h"
#include "api/keys.h"
#include "api/run_read.h"
#include "api/run_write.h"
#include "storage/index_row.h"

namespace stator::testing_support {

TestEngine::TestEngine(std::uint32_t partitions) {
  engine_.clock = std::make_shared<ManualClock>(TimePoint{});
  EXPECT_TRUE(engine_.open({}));
  table_ = *engine_.catalog->put([partitions](const Catalog&) -> Result<TableDefinition> {
    TableDefinition table;
    table.name = "t";
    table.key.partition = {{.name = "pk", .type = AttributeType::S}};
    table.key.sort = {{.name = "sk", .type = AttributeType::N}};
    table.partitions = PartitionMap::even(partitions, TimePoint{});
    return table;
  });
}

std::string TestEngine::row_key(std::string_view item) const {
  const std::string bytes = item_bytes_of(item);
  std::string key;
  append_table_row_key(table_->definition, ItemView::trusted(bytes).attributes(), &key);
  return key;
}

void TestEngine::put(std::string_view item) {
  const std::string bytes = item_bytes_of(item);
  const std::string key = row_key(item);
  WritePlan plan;
  plan.kind = WriteKind::put;
  plan.table = table_.get();
  plan.row_key = key;
  plan.item = ItemView::trusted(bytes);
  WriteOutcome outcome;
  Arena arena;
  const Result<void> written = run_write(&engine_, {&plan, 1}, {&outcome, 1}, &arena, TimePoint());
  ASSERT_TRUE(written) << written.error().message();
}

std::string TestEngine::stored(std::string_view key) const {
  std::string buffer;
  const auto item = read_item(engine_, row_key(key), &buffer);
  EXPECT_TRUE(item);
  return *item ? show((*item)->attributes()) : "(none)";
}

}  // namespace stator::testing_support
