#include "stream_table.h"

#include "../expression/support.h"
#include "storage/index_row.h"
#include "storage/row_key.h"
#include "streams/shard_reader.h"

namespace stator::testing_support {

StreamTable::StreamTable(std::uint32_t partitions, const ShardTimes& times) : times_(times) {
  EXPECT_TRUE(catalog_->put([&](const Catalog&) -> Result<TableDefinition> {
    TableDefinition table;
    table.name = "t";
    table.key.partition = {{.name = "pk", .type = AttributeType::S}};
    table.partitions = PartitionMap::even(partitions, kStart);
    table.stream = TableStream{.created = kStart, .view = StreamViewType::new_and_old_images};
    return table;
  }));
  reopen(kStart);
}

void StreamTable::change(const std::function<void(TableDefinition*)>& change) {
  EXPECT_TRUE(catalog_->put([&](const Catalog& catalog) -> Result<TableDefinition> {
    TableDefinition table = catalog.find({}, "t", kStart)->definition;
    change(&table);
    return table;
  }));
}

void StreamTable::reopen(TimePoint now) {
  streams_.reset();
  auto opened = StreamStore::open(store_.get(), catalog_.get(), times_, now);
  ASSERT_TRUE(opened) << opened.error().message();
  streams_ = *std::move(opened);
}

void StreamTable::put(const std::string& key, TimePoint time) {
  const CatalogSnapshot catalog = catalog_->snapshot();
  const TableDefinition& table = catalog->find({}, "t", kStart)->definition;
  const std::string item = item_bytes_of("{pk: \"" + key + "\"}");
  std::string row_key;
  append_table_row_key(table, ItemView::trusted(item).attributes(), &row_key);
  const StreamsSnapshot streams = streams_->snapshot();
  const LiveStream* const stream = streams->find_open(table.keyspace);
  ASSERT_NE(stream, nullptr);
  const auto place = stream->take(std::string_view(row_key).substr(kKeyspaceBytes));
  ASSERT_TRUE(place);
  std::string record_key;
  append_record_key({.keyspace = stream->definition().keyspace, .shard = place->shard},
                    place->record.number(), &record_key);
  ItemChange change;
  change.after = ItemView::trusted(item);
  change.time = time;
  std::string record;
  append_stream_record(change, table.key, stream->definition().view, &record);
  const RowWrite rows[] = {{.key = row_key, .value = item}, {.key = record_key, .value = record}};
  ASSERT_TRUE(store_->commit(rows));
}

Stream StreamTable::definition() const {
  return streams_->snapshot()->all().begin()->second->definition();
}

std::vector<std::uint64_t> StreamTable::numbers(TimePoint oldest) const {
  std::vector<std::uint64_t> numbers;
  const StreamsSnapshot streams = streams_->snapshot();
  const LiveStream& stream = *streams->all().begin()->second;
  const auto page =
      read_shard(*store_, stream, stream.definition().shards.all().front(), 0,
                 {.oldest = oldest, .newest = TimePoint::max()}, {},
                 [&](std::uint64_t number, const StreamRecordView&) { numbers.push_back(number); });
  EXPECT_TRUE(page);
  return numbers;
}

}  // namespace stator::testing_support
