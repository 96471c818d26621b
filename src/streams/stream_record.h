// A change record: what a stream keeps of one change of one item.
//
//   record := format:u8 (1) event:u8 view:u8 parts:u8 created:u64be key_hash:u64be
//             keys [new image] [old image]
//   parts  := 1 new image | 2 old image | 4 the service's change, not a client's
//   keys, image := size:u32le item
//   created     := microseconds since 1970
//
// A record says everything that is shown of it: its table may have another stream by then, or be
// gone. Where it stands in its stream is the key of its row, see docs/decisions/0008.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/item.h"
#include "model/stream_view_type.h"
#include "model/table.h"

namespace stator {

// The numbers stand on disk.
enum class ChangeKind : std::uint8_t { insert = 1, modify = 2, remove = 3 };

// "INSERT", "MODIFY" or "REMOVE".
std::string_view name_of(ChangeKind kind);

// Who changed the item: the service removes what has expired.
enum class ChangeActor { client, service };

// A write of one item, before a stream has looked at it. The items belong to the caller.
struct ItemChange {
  std::optional<ItemView> before;
  std::optional<ItemView> after;
  TimePoint time{};
  std::uint64_t key_hash = 0;  // of the partition key, as in the row's key
  ChangeActor actor = ChangeActor::client;
};

// Appends the record of a change.
//   returns  false, with nothing appended, for a change that changed nothing
bool append_stream_record(const ItemChange& change, const KeySchema& key, StreamViewType view,
                          std::string* out);

// A record taken apart. A value; the items are the bytes it was read from.
struct StreamRecordView {
  ChangeKind kind = ChangeKind::insert;
  StreamViewType view = StreamViewType::keys_only;
  ChangeActor actor = ChangeActor::client;
  TimePoint created{};
  std::uint64_t key_hash = 0;
  ItemView keys;
  std::optional<ItemView> new_image;
  std::optional<ItemView> old_image;
  std::string_view bytes;  // all of it, as it is kept

  // What SizeBytes says: the sizes of the keys and of the images that are kept.
  std::size_t size_bytes() const;
};

//   errors  internal: damaged, or of a newer format
Result<StreamRecordView> parse_stream_record(std::string_view bytes);

}  // namespace stator
