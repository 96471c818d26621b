// JSON out: straight into the reply's buffer, once.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "model/item.h"
#include "model/value.h"
#include "stator/clock.h"

namespace stator {

// Appends JSON to a string; writes the commas itself. A resource of one thread.
//   JsonWriter json(&reply); json.begin_object(); json.member("Count"); json.integer(3);
//   json.end_object(); json.finish();
// Never fails. The string is of the right size only after finish().
class JsonWriter {
 public:
  // Writes at the end of *out.
  explicit JsonWriter(std::string* out);
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }

  // Starts a member; `name` needs no escaping.
  void member(std::string_view name);
  // Starts a member whose name is data.
  void member_of_data(std::string_view name);
  // Starts an element of an array.
  void element();

  void string(std::string_view utf8);
  void integer(std::int64_t value);
  void boolean(bool value);
  // The shortest digits that give the value back; finite.
  void real(double value);
  // Capacity units: halves, always with a decimal point.
  void units(double value);
  // Seconds since the epoch with milliseconds.
  void time(TimePoint value);
  // A value that is JSON already.
  void raw(std::string_view json);

  // {"S": ".."}
  void attribute_value(ValueView value);
  // {"name": {"S": ".."}, ..}
  void attributes(const MapView& attributes);

  // Members in one go.
  void member(std::string_view name, std::string_view value) { member(name), string(value); }
  void integer_member(std::string_view name, std::int64_t value) { member(name), integer(value); }
  void real_member(std::string_view name, double value) { member(name), real(value); }
  void units_member(std::string_view name, double value) { member(name), units(value); }

  // Bytes written so far.
  std::size_t size() const { return static_cast<std::size_t>(at_ - out_->data()); }
  // Takes back everything after `size`, a place between two elements or members.
  void truncate(std::size_t size);

  void finish() { out_->resize(size()); }

 private:
  void reserve(std::size_t bytes) {
    if (static_cast<std::size_t>(end_ - at_) < bytes) [[unlikely]]
      grow(bytes);
  }
  void grow(std::size_t bytes);
  void put(char c) { *at_++ = c; }
  void put(std::string_view text) {
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
  }
  void open(char bracket);
  void close(char bracket);
  void comma() {
    if (more_) put(',');
    more_ = true;
  }
  void text(TextView text);             // with quotes
  void escaped(std::string_view text);  // without quotes
  void number(std::string_view bytes);
  void set(const SetView& set);
  void list(const ListView& list);
  void payload(ValueView value);

  std::string* const out_;
  char* at_;
  char* end_;
  bool more_ = false;  // whether the next member or element follows another
};

}  // namespace stator
