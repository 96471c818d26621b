// One HTTP request as the handler reads it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace stator {

enum class Method : std::uint8_t { get, head, options, post, put, patch, remove, other };

// The headers that stator reads; all others are dropped while they are parsed.
enum class Header : std::uint8_t {
  accept_encoding,
  access_control_request_headers,
  access_control_request_method,
  amz_client_context,
  amz_date,
  amz_invocation_type,
  amz_log_type,
  amz_target,
  authorization,
  content_encoding,
  content_type,
  date,
  host,
  origin,
};
inline constexpr std::size_t kHeaderCount = 14;

// What happens to the connection after the answer.
enum class Persistence : std::uint8_t {
  close,
  keep_alive,
  keep_alive_announced,  // HTTP/1.0, where keeping the connection must be said
};

// A value whose buffers are used again by the next request of its connection. Header values lie in
// one string, so a request costs no allocation per field.
class HttpRequest {
 public:
  // Forgets the request before. `target` is what stands between method and version.
  void start(Method method, std::string_view target);

  // Keeps the value of a header; of several with one name the first counts.
  void add(Header header, std::string_view value);

  Method method() const { return method_; }
  std::string_view path() const;   // the target up to its '?'
  std::string_view query() const;  // what follows that '?', undecoded; empty without one

  bool has(Header header) const { return slice(header).size != kAbsent; }
  std::string_view header(Header header) const;  // empty when absent

  // Gives back the memory of an unusually large body.
  void shrink();

  std::string body;
  Persistence persistence = Persistence::close;

 private:
  static constexpr std::uint32_t kAbsent = 0xFFFFFFFF;
  struct Slice {
    std::uint32_t offset = 0;
    std::uint32_t size = kAbsent;
  };

  const Slice& slice(Header header) const { return headers_[static_cast<std::size_t>(header)]; }
  std::string_view target() const { return std::string_view(text_).substr(0, target_bytes_); }

  Method method_ = Method::other;
  std::uint32_t target_bytes_ = 0;
  std::array<Slice, kHeaderCount> headers_;
  std::string text_;  // the target, then the values
};

}  // namespace stator
