// Where a PartiQL SELECT goes on, as a client holds it.
//
//   token   := base64 of: version:u8 (1) fingerprint:u64be read:u32be last checksum:u64be
//   last    := nothing | the keys of the last item evaluated, an item
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace stator {

// A value.
struct NextToken {
  std::uint64_t fingerprint = 0;  // of the statement that it belongs to
  std::uint32_t read = 0;         // which of the statement's reads goes on
  std::string last_key;           // empty: at its beginning
};

// A number that differs between texts, but for one in very many.
std::uint64_t statement_fingerprint(std::string_view bytes);

std::string encode_next_token(const NextToken& token);

//   errors  validation: "Invalid NextToken"
Result<NextToken> decode_next_token(std::string_view text);

}  // namespace stator
