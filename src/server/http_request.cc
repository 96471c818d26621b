#include "server/http_request.h"

namespace stator {

namespace {

// Connections that carried a body above this size do not keep its memory.
constexpr std::size_t kKeptBodyBytes = 256 * 1024;

}  // namespace

void HttpRequest::start(Method method, std::string_view target) {
  method_ = method;
  target_bytes_ = static_cast<std::uint32_t>(target.size());
  headers_.fill(Slice{});
  text_.assign(target);
  body.clear();
}

void HttpRequest::add(Header header, std::string_view value) {
  Slice& kept = headers_[static_cast<std::size_t>(header)];
  if (kept.size != kAbsent) return;
  kept = {static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(value.size())};
  text_.append(value);
}

std::string_view HttpRequest::path() const {
  return target().substr(0, target().find('?'));
}

std::string_view HttpRequest::query() const {
  const std::size_t mark = target().find('?');
  return mark == std::string_view::npos ? std::string_view() : target().substr(mark + 1);
}

std::string_view HttpRequest::header(Header header) const {
  const Slice& kept = slice(header);
  if (kept.size == kAbsent) return {};
  return std::string_view(text_).substr(kept.offset, kept.size);
}

void HttpRequest::shrink() {
  if (body.capacity() > kKeptBodyBytes) std::string().swap(body);
}

}  // namespace stator
