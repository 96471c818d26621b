// A stream's definition as the store keeps it.
//
//   stream := format:u8 (1) keyspace:u32le space:text table:text created:time enabled:time view:u8
//             key{2} end shard count:u32le shard{count}
//   key    := count:u8 (name:text type:u8){count}       partition key, then sort key
//   end    := 0x00 | 0x01 asked:time done:time
//   shard  := number:u32le parent:u32le generation:u32le partition:u32le created:time closed
//             trimmed:u64be
//   closed := 0x00 | 0x01 time
//   text   := size:u32le bytes
//   time   := microseconds since 1970:u64be
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "streams/stream.h"

namespace stator {

void append_stream(const Stream& stream, std::string* out);

//   errors  internal: damaged, or of a newer format
Result<Stream> decode_stream(std::string_view bytes);

}  // namespace stator
