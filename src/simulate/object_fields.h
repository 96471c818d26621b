// The members of an object in a file that people write, taken one by one; each mistake names its
// line and member.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "simulate/json_document.h"
#include "simulate/workload.h"

namespace stator {

// A value and where it stands. Refers to a node that outlives it.
struct FileValue {
  const JsonNode* node = nullptr;
  std::string path;

  FilePlace place() const;
  Error fault(std::string_view what) const { return validation_error(place().fault(what)); }
};

// Bounds of a number, both included.
struct NumberRange {
  double least = 0;
  double most = 0;
};

Result<std::string> read_text(const FileValue& value);
Result<double> read_number(const FileValue& value, NumberRange range);
// A whole number.
Result<std::uint64_t> read_count(const FileValue& value, NumberRange range);
Result<bool> read_flag(const FileValue& value);
//   most  not above kDurationMax
Result<std::chrono::microseconds> read_duration(const FileValue& value,
                                                std::chrono::milliseconds most);
// The place of a text among `choices`.
Result<std::size_t> read_choice(const FileValue& value, std::span<const std::string_view> choices);
// The elements of an array.
Result<std::vector<FileValue>> read_list(const FileValue& value, std::size_t most);

// An object whose members are taken; what nobody took is a mistake.
class ObjectFields {
 public:
  //   errors  validation: not an object
  static Result<ObjectFields> of(FileValue value);

  // Nothing where it is not there.
  std::optional<FileValue> take(std::string_view name);
  Result<FileValue> require(std::string_view name);

  // Where the member is there, reads it over *value; the text says how:
  //   TRY(fields.read("keys", &keys, [](const FileValue& v) { return read_count(v, {1, 10}); }));
  template <typename T, typename Read>
  Result<void> read(std::string_view name, T* value, const Read& read) {
    const std::optional<FileValue> found = take(name);
    if (found) *value = static_cast<T>(TRY(read(*found)));
    return {};
  }

  // After all were taken.
  //   errors  validation: a member that was not
  Result<void> finish() const;

  const FileValue& value() const { return value_; }

 private:
  explicit ObjectFields(FileValue value) : value_(std::move(value)) {}
  std::string path_of(std::string_view name) const;

  FileValue value_;
  std::vector<std::string_view> taken_;  // and asked for
};

}  // namespace stator
