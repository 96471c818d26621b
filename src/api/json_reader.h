// JSON in: one forward pass over a request, without a document tree. Hides simdjson.
//
// Every failure is an Error of code serialization: without a text for malformed JSON, with AWS's
// text for a member of the wrong type.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "stator/clock.h"

namespace stator {

enum class JsonKind { object, array, string, number, boolean, null };

// One value that was not read yet. A value of the reader's document; read it once, before the next.
class JsonValue {
 public:
  // AWS takes null for absent everywhere.
  Result<JsonKind> kind();

  //   errors  e.g. "NUMBER_VALUE cannot be converted to String"
  Result<std::string_view> string();
  Result<bool> boolean();
  // A fraction is rounded down; what is beyond the type becomes the end of it.
  Result<std::int64_t> integer();
  // A number as it is, infinite where it is beyond a double.
  Result<double> real();
  // A number of seconds since 1970, in whole milliseconds and within what a clock can show.
  Result<TimePoint> time();

  // Where its text begins in the request.
  const char* start();

  // Reads over it, checking that it is well-formed.
  Result<void> skip();

 private:
  friend class JsonMembers;
  friend class JsonElements;
  friend class JsonReader;
  friend class AttributeReader;
  alignas(8) std::byte value_[24];
};

// The members of an object in their order:  while (TRY(members.next())) use(members.key(), ..);
class JsonMembers {
 public:
  // `value` must be an object.
  //   error  what AWS says where it is something else, see the callers
  static Result<JsonMembers> of(JsonValue* value);

  // Moves to the next member; a value that nobody read is passed over, unchecked.
  Result<bool> next();
  std::string_view key() const { return key_; }
  JsonValue& value() { return value_; }

 private:
  friend class JsonReader;
  alignas(8) std::byte at_[24];
  alignas(8) std::byte end_[24];
  bool started_ = false;
  std::string_view key_;
  JsonValue value_;
};

// The elements of an array in their order.
class JsonElements {
 public:
  static Result<JsonElements> of(JsonValue* value);
  Result<bool> next();
  JsonValue& value() { return value_; }

 private:
  alignas(8) std::byte at_[24];
  alignas(8) std::byte end_[24];
  bool started_ = false;
  JsonValue value_;
};

// Owns what parsing needs; used again for request after request. A resource of one thread.
class JsonReader {
 public:
  JsonReader();
  JsonReader(const JsonReader&) = delete;
  JsonReader& operator=(const JsonReader&) = delete;
  ~JsonReader();

  // Starts a request. The bytes, and kBodyPadding after them, stay as they are until the next open;
  // strings that were read are good as long.
  Result<JsonMembers> open(std::string_view json);

  // Whether all of the document was read and nothing follows it; run after the last member.
  Result<void> finish();

  // Whether `json` (padded as for open) is one well-formed JSON object; reads it all.
  bool is_well_formed(std::string_view json);

  // Gives memory back after an unusually large request.
  void shrink();

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

Error malformed_json();

// AWS's serialization error with a text.
inline Error type_error(std::string_view text) {
  return Error(ErrorCode::serialization, std::string(text));
}

}  // namespace stator
