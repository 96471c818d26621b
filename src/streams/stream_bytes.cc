#include "streams/stream_bytes.h"

#include "streams/byte_reader.h"

namespace stator {
namespace {

constexpr std::uint8_t kFormat = 1;

Error damaged() {
  return Error(ErrorCode::internal, "the store holds a stream definition that is damaged");
}

void append_key(const std::vector<KeyAttribute>& key, std::string* out) {
  append_u8(static_cast<std::uint8_t>(key.size()), out);
  for (const KeyAttribute& attribute : key) {
    append_text(attribute.name, out);
    append_u8(static_cast<std::uint8_t>(attribute.type), out);
  }
}

bool is_key_type(AttributeType type) {
  return type == AttributeType::S || type == AttributeType::N || type == AttributeType::B;
}

// nullopt: not a key.
std::optional<std::vector<KeyAttribute>> read_key(ByteReader* bytes) {
  std::vector<KeyAttribute> key(bytes->u8());
  if (key.size() > kKeyAttributesMax) return std::nullopt;
  for (KeyAttribute& attribute : key) {
    attribute.name = bytes->text();
    attribute.type = static_cast<AttributeType>(bytes->u8());
    if (!is_key_type(attribute.type)) return std::nullopt;
  }
  return key;
}

void append_end(const std::optional<StreamEnd>& end, std::string* out) {
  append_u8(end ? 1 : 0, out);
  if (!end) return;
  append_time(end->asked, out);
  append_time(end->done, out);
}

std::optional<StreamEnd> read_end(ByteReader* bytes) {
  if (bytes->u8() == 0) return std::nullopt;
  const TimePoint asked = bytes->time();
  return StreamEnd{.asked = asked, .done = bytes->time()};
}

void append_shard(const Shard& shard, std::string* out) {
  append_u32_le(shard.number, out);
  append_u32_le(shard.parent, out);
  append_u32_le(shard.generation, out);
  append_u32_le(shard.partition, out);
  append_time(shard.created, out);
  append_u8(shard.closed ? 1 : 0, out);
  if (shard.closed) append_time(*shard.closed, out);
  append_u64_be(shard.trimmed, out);
}

Shard read_shard(ByteReader* bytes) {
  Shard shard;
  shard.number = bytes->u32();
  shard.parent = bytes->u32();
  shard.generation = bytes->u32();
  shard.partition = bytes->u32();
  shard.created = bytes->time();
  if (bytes->u8() != 0) shard.closed = bytes->time();
  shard.trimmed = bytes->u64();
  return shard;
}

// nullopt: not the shards of one stream.
std::optional<StreamShards> read_shards(ByteReader* bytes) {
  std::vector<Shard> shards;
  for (std::uint32_t left = bytes->u32(); left > 0 && bytes->ok(); --left) {
    shards.push_back(read_shard(bytes));
  }
  return StreamShards::of(std::move(shards));
}

}  // namespace

void append_stream(const Stream& stream, std::string* out) {
  append_u8(kFormat, out);
  append_u32_le(stream.keyspace, out);
  append_text(stream.space, out);
  append_text(stream.table, out);
  append_time(stream.created, out);
  append_time(stream.enabled, out);
  append_u8(static_cast<std::uint8_t>(stream.view), out);
  append_key(stream.key.partition, out);
  append_key(stream.key.sort, out);
  append_end(stream.end, out);
  append_u32_le(static_cast<std::uint32_t>(stream.shards.all().size()), out);
  for (const Shard& shard : stream.shards.all()) append_shard(shard, out);
}

Result<Stream> decode_stream(std::string_view bytes) {
  ByteReader reader(bytes);
  Stream stream;
  if (reader.u8() != kFormat) return damaged();
  stream.keyspace = reader.u32();
  stream.space = reader.text();
  stream.table = reader.text();
  stream.created = reader.time();
  stream.enabled = reader.time();
  const std::optional<StreamViewType> view = stream_view_type_of(reader.u8());
  const auto partition_key = read_key(&reader);
  const auto sort_key = partition_key ? read_key(&reader) : std::nullopt;
  if (!view || !partition_key || partition_key->empty() || !sort_key) return damaged();
  stream.view = *view;
  stream.key = {.partition = *partition_key, .sort = *sort_key};
  stream.end = read_end(&reader);
  std::optional<StreamShards> shards = read_shards(&reader);
  if (!shards || !reader.complete()) return damaged();
  stream.shards = *std::move(shards);
  return stream;
}

}  // namespace stator
