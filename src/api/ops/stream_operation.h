// What the operations of the Streams API share.
#pragma once

#include <string_view>

#include "api/engine.h"
#include "base/result.h"
#include "streams/live_stream.h"
#include "streams/shard_reader.h"

namespace stator {

// A stream of one snapshot, which it keeps alive, as it is once all that was due is done. A value.
struct StreamAccess {
  StreamsSnapshot streams;
  const LiveStream* stream = nullptr;
  StreamShards shards;  // without those that nobody can read any more

  const Stream& definition() const { return stream->definition(); }
};

// The stream that an ARN names.
//   errors  validation: not a stream's ARN; resource_not_found: no such stream, or none any more
Result<StreamAccess> find_stream(const Context& context, std::string_view arn);

// The shard with that id or number.
//   errors  resource_not_found
Result<const Shard*> find_shard(const StreamAccess& access, std::string_view id);
Result<const Shard*> find_shard(const StreamAccess& access, std::uint32_t number);

// What readers see now.
RecordWindow record_window(const Context& context);

//   errors  validation: not a stream's ARN
Result<StreamArnView> stream_arn_of(std::string_view arn);

}  // namespace stator
