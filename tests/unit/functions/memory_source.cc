#include "memory_source.h"

#include <cstdlib>

#include "../expression/support.h"
#include "streams/sequence_number.h"
#include "streams/stream.h"
#include "streams/stream_record.h"

namespace stator::testing_support {
namespace {

constexpr ShardTimes kRollsOver{.rollover = std::chrono::milliseconds(0)};

const KeySchema& key_schema() {
  static const KeySchema kKey = {.partition = {{"pk", AttributeType::S}}, .sort = {}};
  return kKey;
}

std::string record_bytes(const std::string& key, int n, TimePoint now) {
  const std::string item = item_bytes_of("{pk: \"" + key + "\", n: " + std::to_string(n) + "}");
  const ItemChange change{.before = {},
                          .after = ItemView::trusted(item),
                          .time = now,
                          .key_hash = std::hash<std::string>()(key)};
  std::string bytes;
  append_stream_record(change, key_schema(), StreamViewType::new_image, &bytes);
  return bytes;
}

}  // namespace

const MemorySource::Table* MemorySource::of(std::string_view stream_arn) const {
  const auto found = tables_.find(std::string(stream_arn));
  return found == tables_.end() ? nullptr : &found->second;
}

void MemorySource::notify() const {
  std::function<void()> notify;
  {
    const MutexLock lock(&mu_);
    notify = notify_;
  }
  if (notify) notify();
}

std::optional<SourceStream> MemorySource::find(const StreamNameView& name) const {
  const MutexLock lock(&mu_);
  const Table* const table = of(name.arn);
  return table == nullptr ? std::nullopt : std::optional(table->stream);
}

std::optional<SourceStream> MemorySource::stream_of(std::string_view,
                                                    std::string_view table) const {
  const MutexLock lock(&mu_);
  const auto found = enabled_.find(std::string(table));
  return found == enabled_.end() ? std::nullopt : std::optional(of(found->second)->stream);
}

Result<SourcePage> MemorySource::read(const StreamNameView& stream, std::uint32_t shard,
                                      std::uint64_t after, const SourceLimits& limits) const {
  const MutexLock lock(&mu_);
  const Table* const table = of(stream.arn);
  if (fails_) return Error(ErrorCode::internal, "no reads");
  const Shard* const found = table == nullptr ? nullptr : table->stream.shards.find(shard);
  if (found == nullptr) return Error(ErrorCode::resource_not_found, "no such shard");
  SourcePage page{.records = {}, .read_through = after, .is_last = false, .more_at = {}};
  const auto records = table->records.find(shard);
  if (records != table->records.end()) {
    auto next = records->second.upper_bound(after);
    for (; next != records->second.end() && page.records.size() < limits.records_max; ++next) {
      page.records.push_back({next->first, next->second});
      page.read_through = next->first;
    }
    page.is_last = next == records->second.end() && !found->is_open();
  } else {
    page.is_last = !found->is_open();
  }
  return page;
}

std::uint64_t MemorySource::last_record(const StreamNameView& stream, std::uint32_t shard) const {
  const MutexLock lock(&mu_);
  const Table* const table = of(stream.arn);
  if (table == nullptr) return 0;
  const auto records = table->records.find(shard);
  if (records != table->records.end()) return records->second.rbegin()->first;
  return first_record_of(table->stream.shards.find(shard)->generation) - 1;
}

void MemorySource::on_change(std::function<void()> notify) {
  const MutexLock lock(&mu_);
  notify_ = std::move(notify);
}

std::string MemorySource::enable(const std::string& table, std::uint32_t shards,
                                 TimePoint created) {
  Table added;
  added.stream.arn =
      "arn:aws:dynamodb:us-east-1:000000000000:table/" + table + "/stream/" + stream_label(created);
  added.stream.region = "us-east-1";
  added.stream.created = created;
  added.stream.shards = StreamShards::opened(PartitionMap::even(shards, created), created);
  const std::string arn = added.stream.arn;
  {
    const MutexLock lock(&mu_);
    tables_[arn] = std::move(added);
    enabled_[table] = arn;
  }
  notify();
  return arn;
}

void MemorySource::disable(const std::string& table, TimePoint now) {
  {
    const MutexLock lock(&mu_);
    SourceStream& stream = tables_[enabled_[table]].stream;
    stream.shards = stream.shards.closed(now);
    stream.is_enabled = false;
    enabled_.erase(table);
  }
  notify();
}

void MemorySource::drop(const std::string& table) {
  {
    const MutexLock lock(&mu_);
    tables_.erase(enabled_[table]);
    enabled_.erase(table);
  }
  notify();
}

void MemorySource::write(const std::string& table, const std::string& key, int n, TimePoint now) {
  {
    const MutexLock lock(&mu_);
    Table& written = tables_[enabled_[table]];
    std::vector<const Shard*> open;
    for (const Shard& shard : written.stream.shards.all()) {
      if (shard.is_open()) open.push_back(&shard);
    }
    const Shard& shard = *open[std::hash<std::string>()(key) % open.size()];
    auto& records = written.records[shard.number];
    const std::uint64_t number =
        records.empty() ? first_record_of(shard.generation) : records.rbegin()->first + 1;
    records[number] = record_bytes(key, n, now);
  }
  notify();
}

void MemorySource::roll_over(const std::string& table, TimePoint now) {
  {
    const MutexLock lock(&mu_);
    SourceStream& stream = tables_[enabled_[table]].stream;
    std::uint32_t open = 0;
    for (const Shard& shard : stream.shards.all()) open += shard.is_open() ? 1U : 0U;
    stream.shards = stream.shards.advanced(PartitionMap::even(open, kStart), now, kRollsOver);
  }
  notify();
}

void MemorySource::fail_reads(bool fails) {
  const MutexLock lock(&mu_);
  fails_ = fails;
}

}  // namespace stator::testing_support
