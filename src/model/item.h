// An item: its attributes and its size, as one string of bytes.
//
//   item := format:u8 (1) size:u32le payload(M)     size: what DynamoDB bills, names plus values
//
// payload(M) is that of value.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/value.h"
#include "model/value_writer.h"

namespace stator {

// A well-formed item whose bytes belong to somebody else; copies are free.
class ItemView {
 public:
  ItemView() = default;

  // Checks bytes that came from a disk, once and whole.
  //   errors  internal: not an item, or one of a newer format
  static Result<ItemView> parse(std::string_view bytes);

  // An item that this process wrote, or that was parsed before.
  static ItemView trusted(std::string_view bytes) { return ItemView(bytes); }

  std::string_view bytes() const { return bytes_; }

  // The size that the 400 KB limit and capacity units look at.
  std::size_t logical_size() const { return load_u32_le(bytes_.data() + 1); }

  MapView attributes() const { return MapView(CollectionView::at(bytes_.data() + kHeaderBytes)); }
  std::optional<ValueView> find(std::string_view name) const { return attributes().find(name); }

  static constexpr std::size_t kHeaderBytes = 5;
  static constexpr char kFormat = 1;

 private:
  explicit ItemView(std::string_view bytes) : bytes_(bytes) {}

  std::string_view bytes_;
};

// Writes an item's attributes in any order, as MapWriter does, at the end of a buffer.
class ItemWriter {
 public:
  explicit ItemWriter(std::string* out);

  void add(std::string_view name) { attributes_.add(name); }
  void add_entry(std::string_view entry) { attributes_.add_entry(entry); }
  void add_entries(std::string_view entries, std::uint32_t count, std::size_t last_size) {
    attributes_.add_entries(entries, count, last_size);
  }

  // The view is good until the buffer changes.
  ItemView finish();

 private:
  static std::string* open(std::string* out);

  std::string* const out_;
  const std::size_t start_;
  MapWriter attributes_;
};

}  // namespace stator
