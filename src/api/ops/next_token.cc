#include "api/ops/next_token.h"

#include "base/base64.h"
#include "base/bytes.h"
#include "model/item.h"

namespace stator {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kFixedBytes = 1 + 8 + 4;
constexpr std::size_t kChecksumBytes = 8;

Error invalid() {
  return validation_error("Invalid NextToken");
}

}  // namespace

// FNV-1a.
std::uint64_t statement_fingerprint(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : bytes) hash = (hash ^ to_byte(c)) * 0x100000001b3;
  return hash;
}

std::string encode_next_token(const NextToken& token) {
  std::string bytes(1, kVersion);
  append_u64_be(token.fingerprint, &bytes);
  append_u32_be(token.read, &bytes);
  bytes += token.last_key;
  append_u64_be(statement_fingerprint(bytes), &bytes);
  std::string text;
  append_base64(bytes, &text);
  return text;
}

Result<NextToken> decode_next_token(std::string_view text) {
  std::string bytes;
  if (!decode_base64(text, &bytes)) return invalid();
  if (bytes.size() < kFixedBytes + kChecksumBytes || bytes[0] != kVersion) return invalid();
  const std::string_view checked(bytes.data(), bytes.size() - kChecksumBytes);
  if (load_u64_be(checked.data() + checked.size()) != statement_fingerprint(checked))
    return invalid();
  NextToken token{.fingerprint = load_u64_be(bytes.data() + 1),
                  .read = __builtin_bswap32(load_u32_le(bytes.data() + 9)),
                  .last_key = std::string(checked.substr(kFixedBytes))};
  if (!token.last_key.empty() && !ItemView::parse(token.last_key)) return invalid();
  return token;
}

}  // namespace stator
