// Base64 as the wire writes binary values: standard alphabet, padded, strict.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace stator {

void append_base64(std::string_view bytes, std::string* out);

// Writes exactly base64_length(bytes.size()) characters at `out`; returns the place after them.
char* write_base64(std::string_view bytes, char* out);

constexpr std::size_t base64_length(std::size_t bytes) {
  return (bytes + 2) / 3 * 4;
}

//   errors  serialization, with AWS's texts: a length that is no multiple of 4, a character that
//           does not belong, bits that are set behind the last byte
Result<void> decode_base64(std::string_view text, std::string* out);

}  // namespace stator
