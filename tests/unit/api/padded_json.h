// JSON as JsonReader::open wants it, and an error as text, for the tests of this folder.
#pragma once

#include <string>
#include <string_view>

#include "api/json_reader.h"
#include "stator/database.h"

namespace stator::testing_support {

// A body with the padding that the reader may read. A value, whose view must not outlive it.
class PaddedJson {
 public:
  explicit PaddedJson(std::string_view json) : bytes_(json), size_(json.size()) {
    bytes_.append(kBodyPadding, ' ');
  }
  std::string_view view() const { return std::string_view(bytes_).substr(0, size_); }

 private:
  std::string bytes_;
  std::size_t size_;
};

// "malformed", "type: " or "invalid: " and the error's text.
inline std::string error_text(const Error& error) {
  if (error.code() == ErrorCode::serialization) {
    return error.message().empty() ? "malformed" : "type: " + error.message();
  }
  return "invalid: " + error.message();
}

inline std::string repeated(std::string_view text, std::size_t count) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

}  // namespace stator::testing_support
