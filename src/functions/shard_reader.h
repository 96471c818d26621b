// Reads a shard for a mapping: what its filters let pass, as handlers get it.
#pragma once

#include <cstdint>
#include <optional>

#include "base/result.h"
#include "functions/record_source.h"
#include "streams/delivery_record.h"
#include "streams/record_filter.h"

namespace stator {

// A page, and when there is more though nothing is written.
struct ReadPage {
  DeliveryPage page;
  bool is_empty = true;  // nothing was there to look at
  std::optional<TimePoint> more_at;
};

//   errors  internal: reading failed, or a record is damaged; resource_not_found
Result<ReadPage> read_shard(const RecordSource& source, const SourceStream& stream,
                            std::uint32_t shard, std::uint64_t after, const RecordFilter& filter,
                            const SourceLimits& limits);

}  // namespace stator
