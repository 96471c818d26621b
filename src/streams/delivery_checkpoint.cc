#include "streams/delivery_checkpoint.h"

#include "streams/byte_reader.h"

namespace stator {
namespace {

constexpr std::uint8_t kFormat = 1;
constexpr std::uint8_t kFinished = 1;
constexpr std::uint8_t kWindow = 2;

}  // namespace

void append_checkpoint(const DeliveryCheckpoint& checkpoint, std::string* out) {
  const int parts = (checkpoint.is_finished ? kFinished : 0) | (checkpoint.window ? kWindow : 0);
  append_u8(kFormat, out);
  append_u8(static_cast<std::uint8_t>(parts), out);
  append_u64_be(checkpoint.done, out);
  append_time(checkpoint.earliest_window, out);
  if (!checkpoint.window) return;
  append_time(checkpoint.window->start, out);
  append_u8(checkpoint.window->ends_early ? 1 : 0, out);
  append_text(checkpoint.window->state, out);
}

Result<DeliveryCheckpoint> decode_checkpoint(std::string_view bytes) {
  ByteReader reader(bytes);
  DeliveryCheckpoint checkpoint;
  const std::uint8_t format = reader.u8();
  const std::uint8_t parts = reader.u8();
  checkpoint.is_finished = (parts & kFinished) != 0;
  checkpoint.done = reader.u64();
  checkpoint.earliest_window = reader.time();
  if ((parts & kWindow) != 0) {
    OpenWindow& window = checkpoint.window.emplace();
    window.start = reader.time();
    window.ends_early = reader.u8() != 0;
    window.state = reader.text();
  }
  if (format != kFormat || (parts & ~(kFinished | kWindow)) != 0 || !reader.complete()) {
    return Error(ErrorCode::internal, "the store holds a delivery checkpoint that is damaged");
  }
  return checkpoint;
}

}  // namespace stator
