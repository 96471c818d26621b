// gzip and deflate of HTTP bodies, and which of them a client wants.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace stator {

enum class ContentCoding { identity, gzip, deflate };  // deflate: the zlib format of RFC 1950

// The coding that a Content-Encoding header names, in any case; none when it is unknown.
std::optional<ContentCoding> parse_content_encoding(std::string_view header);

// The coding to answer with: the highest quality wins, the first listed among equals. "*" stands
// for gzip; codings that stator does not have are skipped.
ContentCoding negotiate_coding(std::string_view accept_encoding);

// What "Content-Encoding" says of a coding: "gzip" or "deflate".
std::string_view name_of(ContentCoding coding);

enum class Inflated {
  whole,
  broken,     // not of the coding, truncated, or followed by other bytes
  too_large,  // more than `bytes_max`
};

// Unpacks a whole body, replacing `out` and leaving `padding` readable bytes past its end. Several
// gzip members are one body, several deflate streams are not.
//   coding  gzip or deflate
Inflated inflate_body(ContentCoding coding, std::string_view body, std::size_t bytes_max,
                      std::size_t padding, std::string* out);

// Packs a whole body, replacing `out`. False, with nothing of use in `out`, when memory ends.
//   coding  gzip or deflate
[[nodiscard]] bool deflate_body(ContentCoding coding, std::string_view body, std::string* out);

}  // namespace stator
