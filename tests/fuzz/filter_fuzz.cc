// Any text as a filter pattern: it is refused, or it answers for records of every kind. Some of
// what the matcher says must hold for every pattern.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "model/value_writer.h"
#include "streams/record_filter.h"

namespace stator {
namespace {

// An item with a value of every type.
std::string item_of_all_types() {
  std::string bytes;
  ItemWriter item(&bytes);
  item.add("S");
  append_string("abc", &bytes);
  item.add("N");
  append_number(*parse_number("-1.5"), &bytes);
  item.add("B");
  append_binary("\x01\x02", &bytes);
  item.add("BOOL");
  append_bool(true, &bytes);
  item.add("NULL");
  append_null(&bytes);
  item.add("SS");
  std::vector<std::string_view> texts = {"a", "b"};
  append_set(AttributeType::SS, &texts, &bytes);
  item.add("L");
  ListWriter list(&bytes);
  list.add();
  append_string("x", &bytes);
  list.finish();
  item.add("M");
  MapWriter map(&bytes);
  map.add("S");
  append_string("", &bytes);
  map.finish();
  item.finish();
  return bytes;
}

// Records of an insert, a change and a removal.
std::array<std::string, 3> records() {
  const std::string item = item_of_all_types();
  std::string empty;
  const ItemView other = ItemWriter(&empty).finish();
  const KeySchema key = {.partition = {{"S", AttributeType::S}}, .sort = {}};
  const ItemView whole = ItemView::trusted(item);
  std::array<ItemChange, 3> changes;
  changes[0].after = whole;
  changes[1].before = other;
  changes[1].after = whole;
  changes[2].before = whole;
  changes[2].actor = ChangeActor::service;
  std::array<std::string, 3> bytes;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    append_stream_record(changes[i], key, StreamViewType::new_and_old_images, &bytes[i]);
  }
  return bytes;
}

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace
}  // namespace stator

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::array<std::string, 3> records = stator::records();
  const std::vector<std::string> pattern = {std::string(reinterpret_cast<const char*>(data), size)};
  const auto filter = stator::RecordFilter::parse(pattern);
  if (!filter) return 0;
  // The pattern as the only choice of an "$or" means the same.
  const std::vector<std::string> wrapped = {"{\"$or\":[" + pattern[0] + "]}"};
  const auto same = stator::RecordFilter::parse(wrapped);
  for (const std::string& bytes : records) {
    const stator::ChangeEventView event{.record = *stator::parse_stream_record(bytes),
                                        .number = 1,
                                        .shard = 1,
                                        .region = "us-east-1",
                                        .stream_arn = "arn"};
    const bool matches = filter->matches(event);
    if (same) stator::require(same->matches(event) == matches);
  }
  return 0;
}
