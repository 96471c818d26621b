// The streams of a database, as deliveries read them.
#pragma once

#include "api/engine.h"
#include "functions/record_source.h"

namespace stator {

// A resource; thread-safe. Sees what GetRecords would: settled records, as old as the stream's lag
// asks, as long as they are kept.
class StoreRecordSource final : public RecordSource {
 public:
  //   engine  outlives it
  explicit StoreRecordSource(Engine* engine) : engine_(*engine) {}
  ~StoreRecordSource() override { engine_.streams->on_change(nullptr); }

  std::optional<SourceStream> find(const StreamNameView& name) const override;
  std::optional<SourceStream> stream_of(std::string_view region,
                                        std::string_view table) const override;
  Result<SourcePage> read(const StreamNameView& stream, std::uint32_t shard, std::uint64_t after,
                          const SourceLimits& limits) const override;
  std::uint64_t last_record(const StreamNameView& stream, std::uint32_t shard) const override;
  void on_change(std::function<void()> notify) override;

 private:
  Engine& engine_;
};

}  // namespace stator
