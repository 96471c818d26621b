#include "streams/stream_record.h"

#include <array>

#include "streams/byte_reader.h"

namespace stator {
namespace {

constexpr std::uint8_t kFormat = 1;
constexpr std::uint8_t kHasNewImage = 1;
constexpr std::uint8_t kHasOldImage = 2;
constexpr std::uint8_t kByService = 4;
constexpr std::uint8_t kParts = kHasNewImage | kHasOldImage | kByService;

Error damaged() {
  return Error(ErrorCode::internal, "the store holds a change record that is damaged");
}

// Items are canonical, so a write that leaves an item equal leaves its bytes equal.
bool is_change(const ItemChange& change) {
  if (change.before.has_value() != change.after.has_value()) return true;
  return change.before && change.before->bytes() != change.after->bytes();
}

ChangeKind kind_of(const ItemChange& change) {
  if (!change.before) return ChangeKind::insert;
  return change.after ? ChangeKind::modify : ChangeKind::remove;
}

void append_keys(const ItemView& item, const KeySchema& key, std::string* out) {
  const std::size_t start = out->size();
  append_u32_le(0, out);
  ItemWriter keys(out);
  for (const auto* attributes : {&key.partition, &key.sort}) {
    for (const KeyAttribute& attribute : *attributes) {
      const auto value = item.find(attribute.name);
      if (!value) continue;
      keys.add(attribute.name);
      out->append(value->bytes());
    }
  }
  keys.finish();
  put_u32_le(static_cast<std::uint32_t>(out->size() - start - 4), start, out);
}

std::optional<ItemView> image(const std::optional<ItemView>& item, bool kept) {
  return kept ? item : std::nullopt;
}

std::uint8_t parts_of(const std::optional<ItemView>& new_image,
                      const std::optional<ItemView>& old_image, ChangeActor actor) {
  const int parts = (new_image ? kHasNewImage : 0) | (old_image ? kHasOldImage : 0) |
                    (actor == ChangeActor::service ? kByService : 0);
  return static_cast<std::uint8_t>(parts);
}

}  // namespace

std::string_view name_of(ChangeKind kind) {
  constexpr std::array<std::string_view, 3> kNames = {"INSERT", "MODIFY", "REMOVE"};
  return kNames[static_cast<std::size_t>(kind) - 1];
}

bool append_stream_record(const ItemChange& change, const KeySchema& key, StreamViewType view,
                          std::string* out) {
  if (!is_change(change)) return false;
  const std::optional<ItemView> new_image = image(change.after, keeps_new_image(view));
  const std::optional<ItemView> old_image = image(change.before, keeps_old_image(view));
  append_u8(kFormat, out);
  append_u8(static_cast<std::uint8_t>(kind_of(change)), out);
  append_u8(static_cast<std::uint8_t>(view), out);
  append_u8(parts_of(new_image, old_image, change.actor), out);
  append_time(change.time, out);
  append_u64_be(change.key_hash, out);
  append_keys(change.after ? *change.after : *change.before, key, out);
  if (new_image) append_text(new_image->bytes(), out);
  if (old_image) append_text(old_image->bytes(), out);
  return true;
}

std::size_t StreamRecordView::size_bytes() const {
  return keys.logical_size() + (new_image ? new_image->logical_size() : 0) +
         (old_image ? old_image->logical_size() : 0);
}

Result<StreamRecordView> parse_stream_record(std::string_view bytes) {
  ByteReader reader(bytes);
  const std::uint8_t format = reader.u8();
  const std::uint8_t kind = reader.u8();
  const std::optional<StreamViewType> view = stream_view_type_of(reader.u8());
  const std::uint8_t parts = reader.u8();
  if (format != kFormat || kind < 1 || kind > 3 || !view || (parts & ~kParts) != 0) {
    return damaged();
  }
  StreamRecordView record;
  record.bytes = bytes;
  record.kind = static_cast<ChangeKind>(kind);
  record.view = *view;
  record.actor = (parts & kByService) != 0 ? ChangeActor::service : ChangeActor::client;
  record.created = reader.time();
  record.key_hash = reader.u64();
  record.keys = TRY(ItemView::parse(reader.text()));
  if ((parts & kHasNewImage) != 0) record.new_image = TRY(ItemView::parse(reader.text()));
  if ((parts & kHasOldImage) != 0) record.old_image = TRY(ItemView::parse(reader.text()));
  if (!reader.complete()) return damaged();
  return record;
}

}  // namespace stator
