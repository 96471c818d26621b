// Writes values in the form of value.h, at the end of a buffer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/number.h"
#include "model/value.h"

namespace stator {

// Appends one whole value.
void append_string(std::string_view utf8, std::string* out);
void append_string(TextView utf8, std::string* out);  // where it is known whether it needs escaping
void append_binary(std::string_view bytes, std::string* out);
void append_number(const Number& number, std::string* out);
void append_number_bytes(std::string_view number_bytes, std::string* out);
void append_bool(bool value, std::string* out);
void append_null(std::string* out);

// Appends a set of the given type; sorts `elements` (text of S and B, bytes of N).
//   errors  none: returns false and appends nothing when two elements are equal
bool append_set(AttributeType set_type, std::vector<std::string_view>* elements, std::string* out);

// Writes a list: construct, append each value to the same buffer after add(), then finish().
class ListWriter {
 public:
  explicit ListWriter(std::string* out);
  void add() { ++count_; }
  void finish();

 private:
  std::string* const out_;
  const std::size_t payload_;
  std::uint32_t count_ = 0;
};

// Writes a map's attributes in any order and leaves them sorted; of two attributes with one name
// the later stands, as in every JSON reader that AWS uses.
class MapWriter {
 public:
  // Starts a value of type M.
  explicit MapWriter(std::string* out);

  // Appends the name; the caller appends the value next, to the same buffer.
  void add(std::string_view name);
  // Appends a name and value as MapView::Cursor::entry gives them.
  void add_entry(std::string_view entry);
  // Appends `count` of them as they stand one after the other in a map, whose names all come after
  // those that were added before.
  //   last_size  bytes of the last one
  void add_entries(std::string_view entries, std::uint32_t count, std::size_t last_size);

  void finish();

 private:
  friend class ItemWriter;
  struct AtPayload {};
  MapWriter(std::string* out, AtPayload);
  std::string_view last_name() const;
  void sort();

  std::string* const out_;
  const std::size_t payload_;
  std::size_t last_ = 0;  // offset of the last entry
  std::uint32_t count_ = 0;
  bool sorted_ = true;
};

// Whether text needs escaping inside a JSON string: a quote, a backslash or a control character.
bool needs_escape(std::string_view text);

}  // namespace stator
