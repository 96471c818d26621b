// Streams of tables in memory: a change is a number in an item's attribute "n".
#pragma once

#include <map>

#include "base/thread_annotations.h"
#include "functions/record_source.h"

namespace stator::testing_support {

inline constexpr TimePoint kStart{std::chrono::seconds(1'699'999'200)};

class MemorySource final : public RecordSource {
 public:
  std::optional<SourceStream> find(const StreamNameView& name) const override;
  std::optional<SourceStream> stream_of(std::string_view region,
                                        std::string_view table) const override;
  Result<SourcePage> read(const StreamNameView& stream, std::uint32_t shard, std::uint64_t after,
                          const SourceLimits& limits) const override;
  std::uint64_t last_record(const StreamNameView& stream, std::uint32_t shard) const override;
  void on_change(std::function<void()> notify) override;

  // Enables a stream with that many shards; returns its ARN.
  std::string enable(const std::string& table, std::uint32_t shards = 1,
                     TimePoint created = kStart);
  // Its shards are closed.
  void disable(const std::string& table, TimePoint now);
  // The table and all of its stream are gone.
  void drop(const std::string& table);

  // A change of the item `key`: its number becomes n.
  void write(const std::string& table, const std::string& key, int n, TimePoint now = kStart);

  // All open shards are closed and have a child.
  void roll_over(const std::string& table, TimePoint now);

  void fail_reads(bool fails);

 private:
  struct Table {
    SourceStream stream;
    std::map<std::uint32_t, std::map<std::uint64_t, std::string>> records;  // by shard
  };

  const Table* of(std::string_view stream_arn) const REQUIRES(mu_);
  void notify() const;

  mutable Mutex mu_;
  std::map<std::string, Table> tables_ GUARDED_BY(mu_);  // by ARN
  std::map<std::string, std::string> enabled_ GUARDED_BY(mu_);
  std::function<void()> notify_ GUARDED_BY(mu_);
  bool fails_ GUARDED_BY(mu_) = false;
};

}  // namespace stator::testing_support
